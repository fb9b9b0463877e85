package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.LoadException;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** How the commands end: whatever is wrong is one line, and never a stack trace. */
public final class Commands {
  public static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** It ran, but the generator may have been the bottleneck. */
  public static final int NOT_CLAIMED = 3;

  /** Of this process. */
  public static final PrintWriter ERR = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

  private Commands() {}

  /**
   * Runs the command.
   *
   * @param err where what is wrong is said
   * @return its exit code
   */
  public static int execute(Callable<Integer> command, PrintWriter err, String... arguments) {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // warnings only
    CommandLine line = new CommandLine(command).setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (wrong, given) -> complain(wrong.getCommandLine(), wrong.getMessage(), USAGE));
    line.setExecutionExceptionHandler(
        (wrong, of, given) ->
            switch (wrong) {
              case IllegalArgumentException e -> complain(of, e.getMessage(), USAGE);
              case NoSuchFileException e -> complain(of, "no file " + e.getMessage(), FAILED);
              case IOException e -> complain(of, e.getMessage(), FAILED);
              case LoadException e -> complain(of, e.getMessage(), FAILED);
              default -> throw wrong;
            });
    return line.execute(arguments);
  }

  private static int complain(CommandLine line, @Nullable String message, int code) {
    String sentence = message == null ? "failed" : message;
    PrintWriter err = line.getErr();
    err.println(line.getCommandName() + ": " + sentence.lines().findFirst().orElse("failed"));
    err.flush();
    return code;
  }
}
