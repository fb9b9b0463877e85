package dev.weir.proxy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The command line of the server, behind the launcher {@code weir}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Returns when the server has ended or could not start; never throws. */
  static int run(String... args) {
    CommandLine line =
        new CommandLine(new WeirCommand())
            .addSubcommand(new ServeCommand())
            .addSubcommand(new ImportCommand())
            .addSubcommand(new CertCommand())
            .addSubcommand(new KeyCommand());
    line.setParameterExceptionHandler(
        (mistake, given) -> {
          Complaint.print(Complaint.of(mistake));
          return Complaint.USAGE;
        });
    line.setExecutionExceptionHandler(
        (fault, command, parsed) -> {
          Complaint.print(Complaint.of(fault));
          return Complaint.FAILED;
        });
    return line.execute(args);
  }

  /** The top of the commands. */
  @CommandLine.Command(name = "weir", description = "Protected routing.")
  private static final class WeirCommand implements Runnable {

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(), "name a command: serve, import, cert or key");
    }
  }
}
