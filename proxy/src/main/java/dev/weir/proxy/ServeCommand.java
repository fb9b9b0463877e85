package dev.weir.proxy;

import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.observe.Logging;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.routing.EngineStartException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir serve}: runs the server until it is told to stop. */
@Command(name = "serve", description = "Load a map and answer routing requests over HTTP and gRPC.")
final class ServeCommand implements Callable<Integer> {

  @Mixin private final SettingsOptions options = new SettingsOptions();

  @Option(names = "--http-port", paramLabel = "N", description = "Port for routing requests.")
  private @Nullable Integer httpPort;

  @Option(names = "--grpc-port", paramLabel = "N", description = "Port for the same by gRPC.")
  private @Nullable Integer grpcPort;

  @Option(names = "--admin-port", paramLabel = "N", description = "Port for metrics and health.")
  private @Nullable Integer adminPort;

  @Option(names = "--chaos", description = "Allow faults on purpose; see docs/chaos.md.")
  private boolean chaos;

  @Option(names = "--check", description = "Look for mistakes in the settings, and end.")
  private boolean check;

  @Override
  public Integer call() throws InterruptedException {
    Supplier<Reading> source = () -> options.read(httpPort, grpcPort, adminPort, chaos);
    return switch (source.get()) {
      case Reading.Rejected(var errors) -> options.complain(errors);
      case Reading.Accepted(Settings settings) -> check ? check(settings) : serve(settings, source);
    };
  }

  private static int check(Settings settings) {
    try {
      Server.check(settings);
    } catch (BindFailed e) {
      Complaint.print(Complaint.of(e));
      return Complaint.FAILED;
    }
    say("the settings have no mistake");
    return 0;
  }

  private int serve(Settings settings, Supplier<Reading> source) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    try (Logging logging = Logging.start(settings.log(), System::nanoTime);
        Server server = Server.start(settings, source, ServeCommand::say)) {
      if (Training.wanted()) {
        Training.run(Welcome.exampleUrl(server, settings));
        return 0;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, logging), "weir-stop"));
      server.settings().map(Settings::log).onChange(logging::use);
      if (options.hasFile()) {
        HangUp.handle(server::reload);
      }
      String example = Welcome.exampleUrl(server, settings);
      Welcome.lines(server, settings, example).forEach(ServeCommand::say);
      end.await();
      return 0;
    } catch (EngineStartException | BindFailed e) {
      Complaint.print(Complaint.of(e));
      return Complaint.FAILED;
    }
  }

  /** An ordered stop is a success, so the exit code is 0 and not that of the signal. */
  private static void stop(Server server, Logging logging) {
    say("stopping");
    server.close();
    say("stopped");
    logging.close();
    Runtime.getRuntime().halt(0);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
