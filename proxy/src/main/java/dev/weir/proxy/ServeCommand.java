package dev.weir.proxy;

import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.observe.Logging;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.routing.EngineStartException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir serve}: runs the server until it is told to stop. */
@Command(name = "serve", description = "Load a map and answer routing requests over HTTP and gRPC.")
final class ServeCommand implements Callable<Integer> {

  @Option(names = "--map", paramLabel = "FILE", description = "OpenStreetMap extract.")
  private @Nullable Path map;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings, as config/weir.yaml.")
  private @Nullable Path config;

  @Option(names = "--http-port", paramLabel = "N", description = "Port for routing requests.")
  private @Nullable Integer httpPort;

  @Option(names = "--grpc-port", paramLabel = "N", description = "Port for the same by gRPC.")
  private @Nullable Integer grpcPort;

  @Option(names = "--admin-port", paramLabel = "N", description = "Port for metrics and health.")
  private @Nullable Integer adminPort;

  @Option(names = "--graph-dir", paramLabel = "DIR", description = "Where the imported map is.")
  private @Nullable Path graphDir;

  @Option(names = "--profiles", split = ",", paramLabel = "NAME", description = "What to route.")
  private @Nullable List<String> profiles;

  @Option(names = "--chaos", description = "Allow faults on purpose; see docs/chaos.md.")
  private boolean chaos;

  @Option(names = "--check", description = "Look for mistakes in the settings, and end.")
  private boolean check;

  @Override
  public Integer call() throws InterruptedException {
    Overrides overrides =
        new Overrides(map, graphDir, httpPort, grpcPort, adminPort, profiles, chaos);
    Supplier<Reading> source = () -> SettingsReader.read(config, overrides, places());
    return switch (source.get()) {
      case Reading.Rejected(var errors) -> {
        String where = config == null ? "" : config + ": ";
        errors.forEach(error -> Complaint.print(where + error.sentence()));
        yield Complaint.FAILED;
      }
      case Reading.Accepted(Settings settings) -> check ? check(settings) : serve(settings, source);
    };
  }

  /** Where the launcher keeps the default map and what is made of maps. */
  private static Places places() {
    String defaultMap = System.getProperty("weir.default-map");
    return new Places(
        defaultMap == null ? null : Path.of(defaultMap),
        Path.of(System.getProperty("weir.state-dir", ".weir")));
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
      String example = Welcome.exampleUrl(server, settings);
      if (Training.wanted()) {
        Training.run(example);
        return 0;
      }
      server.settings().map(Settings::log).onChange(logging::use);
      if (config != null) {
        HangUp.handle(server::reload);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, logging), "weir-stop"));
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
