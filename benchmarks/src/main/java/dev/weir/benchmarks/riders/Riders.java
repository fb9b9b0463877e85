package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.Pinning;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.load.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Load as of a city's riders on one server, started here or running anywhere. */
@Command(
    name = "bench riders",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Offers the load of a city's riders to a server and reports what they got.",
      "Rides that are followed over a stream are another command: bench tracking."
    })
public final class Riders implements Callable<Integer> {

  @Mixin private Given given = new Given();

  @Option(
      names = "--url",
      description = {
        "http://HOST:PORT of a running server, grpc://HOST:PORT with --protocol grpc;",
        "else one is started."
      })
  private @Nullable String url;

  @Option(
      names = "--map-url",
      description = "http://HOST:PORT that tells where roads are, for --url grpc://HOST:PORT.")
  private @Nullable String mapUrl;

  @Option(names = "--pid", description = "Of the process behind --url, for its CPU and memory.")
  private @Nullable Long pid;

  @Option(names = "--keys", split = ",", description = "API keys that the riders bring.")
  private List<String> keys = new ArrayList<>();

  @Mixin private Started ground = new Started();

  @Option(names = "--out", description = "Directory for the report and all values.")
  private @Nullable Path out;

  private final Terminal terminal = Terminal.standard();

  Riders() {}

  /** Runs it and ends this process. */
  public static void main(String[] arguments) {
    System.exit(Commands.execute(new Riders(), Commands.ERR, arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    given.check();
    if (given.needsPeak()) {
      given.shape(1);
    } else {
      given.shape(Math.max(given.rate, 1));
    }
    return url == null ? withOwnServer() : run(running(url), "not pinned");
  }

  private int withOwnServer() throws IOException, InterruptedException {
    Contender contender =
        Contender.weir(
            ground.common(), Contender.WEIR, ground.weirJar(), List.of(), Settings.of(given));
    Pinning pinning = new Pinning();
    if (!pinning.works()) {
      terminal.say("NOT PINNED: server and generator share processors, the figures mean little");
    }
    if (keys.isEmpty()) {
      keys = Settings.KEYS;
    }
    terminal.say("starting weir, its output goes to %s", contender.log());
    try (ServerProcess server = contender.start(pinning.server())) {
      return run(
          Host.of(server, Door.of(contender, given.protocol, given.perConnection)),
          pinning.works() ? "server and generator each to a processor of its own" : "not pinned");
    }
  }

  private Host running(String address) {
    InetSocketAddress riders = Url.address("--url", given.protocol.scheme(), address);
    InetSocketAddress map = riders;
    if (mapUrl != null) {
      map = Url.address("--map-url", "http", mapUrl);
    } else if (given.protocol == Protocol.GRPC) {
      throw new IllegalArgumentException(
          "--url " + address + " needs --map-url http://HOST:PORT, which tells where roads are");
    }
    Door door = new Door(given.protocol, riders, given.perConnection);
    return new Host(address, map, door, pid == null ? List.of() : List.of(pid));
  }

  private int run(Host host, String pinned) throws IOException, InterruptedException {
    try (Rig rig = new Rig(Url.sources(host.door().address()))) {
      Rehearsal rehearsal = new Rehearsal(rig, given.deadline, terminal);
      List<Question> questions = rehearsal.questions(List.of(host), given.mixOf(keys), given.seed);
      rehearsal.warmUp(host, questions, Duration.ofSeconds(given.warmUpSeconds));
      terminal.say("connecting %d riders, %s", given.riders, host.door().title());
      try (Wire wire = host.door().open(rig, given.riders, questions, given.deadline)) {
        return play(rig, wire, host, questions, pinned);
      }
    }
  }

  private int play(Rig rig, Wire wire, Host host, List<Question> questions, String pinned)
      throws IOException, InterruptedException {
    Trial trial = new Trial(rig, terminal::live);
    List<Outcome> climb = List.of();
    List<Outcome> curve = new ArrayList<>();
    double most = given.rate;
    if (given.needsPeak()) {
      terminal.say("looking for the peak");
      Script script = given.script(Shape.constant(1, Duration.ofSeconds(1)), questions, given.seed);
      Climb climber = new Climb(trial, wire, host, Climb.STEP);
      climb = climber.run(script);
      terminal.say("peak: %.0f good answers/s", Climb.peak(climb));
      if (!Climb.claimed(climb)) {
        terminal.say("the generator was too slow in all steps: the peak may be its own");
      }
      curve.addAll(climb);
      curve.addAll(climber.beyond(script, Climb.peak(climb), given.load));
      most = given.load * Climb.peak(climb);
    }
    Shape shape = given.shape(most);
    terminal.say("offering %.0f requests/s in the mean, %s", shape.meanRate(), given.shape);
    double load = given.needsPeak() ? given.load : 0;
    Outcome.Label label = new Outcome.Label(host.name(), 0, given.shape, load);
    Trial.Played played = trial.play(wire, host, given.script(shape, questions, given.seed), label);
    Summary.of(played.outcome()).forEach(line -> terminal.say("%s", line));
    Path directory = Output.directory(out, "riders");
    write(directory, conditions(host, pinned), curve, played);
    terminal.say("report and all values: %s", directory);
    boolean claimed = played.outcome().claim().holds() && (climb.isEmpty() || Climb.claimed(climb));
    return claimed ? Commands.DONE : Commands.NOT_CLAIMED;
  }

  private Map<String, String> conditions(Host host, String pinned) throws IOException {
    String what = url == null ? "weir, " + ground.mapName() : host.name();
    return Output.conditions(
        given, List.of("Server", what, "Protocol", host.door().title(), "Processors", pinned));
  }

  private static void write(
      Path directory, Map<String, String> conditions, List<Outcome> curve, Trial.Played played)
      throws IOException {
    Outcome main = played.outcome();
    Output.json(
        directory.resolve("result.json"),
        Map.of(
            "conditions", conditions,
            "claimed", main.claim().holds(),
            "claim", main.claim().sentence(),
            "climb", curve,
            "result", main));
    Output.histograms(directory, "", played.book().histograms());
    Files.writeString(directory.resolve("report.html"), Report.page(conditions, curve, main));
  }
}
