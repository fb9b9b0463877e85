package dev.weir.benchmarks.city;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code weir map}: what is there to be done with maps. */
@Command(
    name = "weir map",
    mixinStandardHelpOptions = true,
    description = "Makes maps.",
    subcommands = Synthesize.class)
public final class MapCommand implements Runnable {

  static final int FAILED = 1;
  static final int USAGE = 2;

  private MapCommand() {}

  /** Runs it and ends this process: 0 when done, 1 if it could not be done, 2 if misused. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine line = new CommandLine(new MapCommand());
    line.setParameterExceptionHandler(
        (mistake, _) -> {
          System.err.println("weir map: " + mistake.getMessage());
          return USAGE;
        });
    return line.execute(arguments);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
