package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.benchmarks.city.MapCommand;
import dev.weir.benchmarks.load.Versus;
import dev.weir.benchmarks.micro.Micro;
import dev.weir.benchmarks.overhead.Overhead;
import dev.weir.benchmarks.peers.Policies;
import dev.weir.benchmarks.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Whether the commands take what documents tell people to type; they run for hours. */
final class BenchCommandsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh$\\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "riders", Riders.class,
          "rivals", Rivals.class,
          "tracking", Tracking.class,
          "overhead", Overhead.class,
          "policies", Policies.class,
          "micro", Micro.class);

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
      Stream<Path> all = Stream.concat(documents, Stream.of(ROOT.resolve("README.md")));
      for (Path document : all.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        BLOCK
            .matcher(Files.readString(document))
            .results()
            .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
            .map(line -> line.replaceFirst("\\s#.*", "").strip())
            .filter(line -> line.matches("\\./weir (bench|map)\\b.*"))
            .forEach(commands::add);
      }
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isTakenAsItIsWritten(String command) {
    parse(command);
  }

  @Test
  void documentsTellSome() throws IOException {
    assertFalse(commands().isEmpty());
  }

  @Test
  void whatNoCommandTakesIsNoticed() {
    for (String wrong :
        List.of("./weir bench riders --horses 5", "./weir bench --pairs two", "./weir map draw")) {
      assertThrows(ParameterException.class, () -> parse(wrong));
    }
  }

  /** As the launcher hands it over. */
  private static void parse(String command) {
    List<String> words = new ArrayList<>();
    WORD.matcher(command.replace("--pid PID", "--pid 1"))
        .results()
        .forEach(word -> words.add(unquoted(word)));
    List<String> arguments = words.subList(2, words.size());
    Class<?> kind = words.get(1).equals("map") ? MapCommand.class : Versus.class;
    Class<?> named = arguments.isEmpty() ? null : KINDS.get(arguments.getFirst());
    if (kind == Versus.class && named != null) {
      kind = named;
      arguments = arguments.subList(1, arguments.size());
    }
    new CommandLine(kind)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
  }

  private static String unquoted(MatchResult word) {
    String all = word.group();
    return word.group(3) == null ? all.substring(1, all.length() - 1) : all;
  }
}
