package dev.weir.benchmarks.city;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code weir map}: what is there to be done with maps. */
@Command(
    name = "weir map",
    mixinStandardHelpOptions = true,
    description = "Makes maps.",
    subcommands = Synthesize.class)
public final class MapCommand implements Runnable {

  static final int FAILED = 1;
  static final int USAGE = 2;

  @CommandLine.Spec private @Nullable CommandSpec spec;

  private MapCommand() {}

  /** Runs it and ends this process: 0 when done, 1 if it could not be done, 2 if misused. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new MapCommand()).setOut(out).setErr(err);
    line.setParameterExceptionHandler(
        (mistake, _) -> {
          err.println("weir map: " + mistake.getMessage());
          return USAGE;
        });
    return line.execute(arguments);
  }

  @Override
  public void run() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    line.usage(line.getOut());
  }
}
