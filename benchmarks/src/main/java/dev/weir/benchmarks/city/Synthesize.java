package dev.weir.benchmarks.city;

import dev.weir.benchmarks.city.Network.Way;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code weir map synthesize}: writes a made-up city as a map. */
@Command(
    name = "synthesize",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Writes a made-up city, labelled as synthetic: the same one for the same seed.")
final class Synthesize implements Callable<Integer> {

  private static final String SUFFIX = ".osm.pbf";

  @CommandLine.Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "About so many nodes, 10000 to 5000000 (${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Another number, another city (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Ends in .osm.pbf; a file that is there is replaced.")
  private Path output = Path.of("");

  @Override
  public Integer call() {
    if (nodes < City.LEAST_NODES || nodes > City.MOST_NODES) {
      throw misuse(
          "--nodes must be from %d to %d, not %d"
              .formatted(City.LEAST_NODES, City.MOST_NODES, nodes));
    }
    if (!output.toString().endsWith(SUFFIX) || Files.isDirectory(output)) {
      throw misuse("the output must be a file that ends in " + SUFFIX + ", not " + output);
    }
    try {
      City city = City.of(seed, nodes);
      PbfFile.write(city, output);
      tell(city, Files.size(output));
      return 0;
    } catch (IOException e) {
      line().getErr().println("weir map: cannot write " + output + ": " + reason(e));
      return MapCommand.FAILED;
    }
  }

  private ParameterException misuse(String sentence) {
    return new ParameterException(line(), sentence);
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such directory";
      case AccessDeniedException _ -> "not allowed";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void tell(City city, long bytes) {
    Network network = city.network();
    long bridges =
        city.kept().ways().stream()
            .mapToObj(network.ways()::get)
            .map(Way::form)
            .filter(Form::bridge)
            .count();
    line()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: a synthetic city, no real place. Seed %d, %d nodes (%d on islands), %d ways,"
                + " %d bridges, %d turn restrictions, %.1f MB%n",
            output,
            seed,
            city.kept().nodes(),
            city.kept().islandNodes(),
            city.kept().ways().cardinality(),
            bridges,
            city.restrictions().size(),
            (double) bytes / 1e6);
  }
}
