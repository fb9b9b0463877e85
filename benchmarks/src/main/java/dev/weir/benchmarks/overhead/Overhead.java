package dev.weir.benchmarks.overhead;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.weir.benchmarks.load.Comparison.Spread;
import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.Pinning;
import dev.weir.benchmarks.load.Places;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.riders.Commands;
import dev.weir.benchmarks.riders.Started;
import dev.weir.benchmarks.riders.Terminal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What HTTP, REST and gRPC cost over the engine alone. */
@Command(
    name = "bench overhead",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares a server with the engine alone, in interleaved rounds: the same routes on"
          + " contraction hierarchies,",
      "asked of the engine by one thread in a process of its own, and of Weir over each protocol by"
          + " four riders",
      "who ask again at once; and of a bare server that only hands them to the engine. All have the"
          + " same processor, one after the other."
    })
public final class Overhead implements Callable<Integer> {
  private static final int MOST_ROUNDS = 1_000;
  private static final int MOST_SECONDS = 600;

  /** What {@code warm-up.at-most} is where nobody says. */
  private static final Duration SERVER_WARM_UP = Duration.ofSeconds(15);

  private static final int MOST_QUESTIONS = 100_000;

  /** Below, the server had to wait for its callers. */
  private static final double BUSY_PERCENT = 90;

  /** Of all answers: a refusal now and then costs next to nothing. */
  private static final double WRONG_PART = 0.001;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Of each way in a round (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "Seconds of each way before; the engine alone gets as long as all others.")
  private int warmUpSeconds;

  @Option(
      names = "--ways",
      split = ",",
      defaultValue = "bare,graphhopper,rest,grpc",
      description = "bare, graphhopper, http2, rest, traced, grpc (${DEFAULT-VALUE}).")
  private List<Way> wanted = List.of();

  @Option(
      names = "--questions",
      defaultValue = "2000",
      description = "That are asked in turn (${DEFAULT-VALUE}).")
  private int questions;

  @Option(names = "--seed", defaultValue = "1", description = "Of questions (${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private Started ground = new Started();

  @Option(names = "--out", description = "File for all values as JSON.")
  private @Nullable Path out;

  private final Terminal terminal = Terminal.standard();

  Overhead() {}

  /** Runs it and ends this process. */
  public static void main(String[] arguments) {
    System.exit(Commands.execute(new Overhead(), Commands.ERR, arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    within("--rounds", rounds, MOST_ROUNDS);
    within("--seconds", seconds, MOST_SECONDS);
    within("--warm-up", warmUpSeconds, MOST_SECONDS);
    within("--questions", questions, MOST_QUESTIONS);
    Set<Way> ways = new LinkedHashSet<>(wanted);
    ways.remove(Way.ENGINE);
    if (ways.contains(Way.TRACED) && !ways.contains(Way.REST)) {
      throw new IllegalArgumentException("traced is compared with rest: --ways rest,traced");
    }
    if (!ways.contains(Way.TRACED)) {
      return call(List.copyOf(ways), "");
    }
    try (Collector collector = new Collector()) {
      int result = call(List.copyOf(ways), collector.settings());
      terminal.say("the collector got %,d bytes of traces", collector.bytes());
      return collector.bytes() > 0 ? result : Commands.NOT_CLAIMED;
    }
  }

  /**
   * @param settings of the server, beside the common ones
   */
  private int call(List<Way> ways, String settings) throws IOException, InterruptedException {
    Pinning pinning = new Pinning();
    if (!pinning.works()) {
      terminal.say("NOT PINNED: server and generator share processors, the figures mean little");
    }
    Contender.Ground common = ground.common();
    Contender weir = Contender.weir(common, Contender.WEIR, ground.weirJar(), List.of(), settings);
    Path log = common.workDirectory().resolve("engine.log");
    terminal.say("starting the engine alone and weir, outputs go to %s and %s", log, weir.log());
    List<String> command = new ArrayList<>(pinning.server());
    command.addAll(common.java());
    Path graphs = common.workDirectory().resolve("graphs");
    try (EngineProcess engine =
            EngineProcess.start(
                command, common.map(), graphs, questions, seed, SERVER_WARM_UP, log);
        ServerProcess server = weir.start(pinning.server());
        Rig rig = new Rig(1)) {
      return run(new Track(rig, engine, server, weir), ways, pinning.works());
    }
  }

  private static void within(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be from 1 to " + most);
    }
  }

  private int run(Track track, List<Way> ways, boolean pinned)
      throws IOException, InterruptedException {
    Duration warmUp = Duration.ofSeconds(warmUpSeconds);
    print(track.lap(Way.ENGINE, 0, warmUp.multipliedBy(ways.size())));
    for (Way way : ways) {
      print(track.lap(way, 0, warmUp));
    }
    List<Lap> laps = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      List<Way> order = new ArrayList<>(ways);
      order.add(order.size() / 2, Way.ENGINE); // near in time to all
      for (Way way : round % 2 == 1 ? order : order.reversed()) {
        laps.add(track.lap(way, round, Duration.ofSeconds(seconds)));
        print(laps.getLast());
      }
    }
    return publish(laps, pinned);
  }

  private void print(Lap lap) {
    terminal.say(
        "round %d  %-18s %7.0f answers/s  %7.1f us of processor time each  busy %3.0f %%"
            + "  the other %.0f %%  steal %.1f %%%s",
        lap.round(),
        lap.way().title(),
        lap.perSecond(),
        lap.cpuMicros(),
        lap.busyPercent(),
        lap.idlePercent(),
        lap.stealPercent(),
        lap.wrong() == 0 ? "" : "  NOT RIGHT: " + lap.wrong());
  }

  private int publish(List<Lap> laps, boolean pinned) throws IOException {
    List<Ratio> ratios = Ratio.of(laps);
    terminal.say("medians and ranges of %d rounds:", rounds);
    terminal.say(
        "%-18s %-14s %26s %26s",
        "", "over", "processor time per answer", "throughput, that of over it");
    for (Ratio ratio : ratios) {
      terminal.say(
          "%-18s %-14s %26s %26s",
          ratio.way().title(), ratio.base().title(), text(ratio.cpu()), text(ratio.throughput()));
    }
    boolean busy = laps.stream().allMatch(lap -> lap.busyPercent() >= BUSY_PERCENT);
    boolean right = laps.stream().allMatch(lap -> lap.wrong() <= WRONG_PART * lap.answers());
    if (!busy) {
      terminal.say("not claimed: someone was not busy all the time, this is not the peak");
    }
    if (!right) {
      terminal.say("not claimed: more than one answer in a thousand was not right");
    }
    Path file = out == null ? new Places().report("overhead-" + stamp() + ".json") : out;
    write(file, Map.of("conditions", conditions(pinned), "ratios", ratios, "laps", laps));
    terminal.say("all values: %s", file);
    return busy && right ? Commands.DONE : Commands.NOT_CLAIMED;
  }

  private static String text(Spread spread) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f-%.2f)", spread.median(), spread.min(), spread.max());
  }

  private Map<String, String> conditions(boolean pinned) throws IOException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Map.of(
        "At", Instant.now().toString(),
        "Java", Runtime.version().toString(),
        "Map", ground.mapName(),
        "Processors", pinned ? "answers on one, questions on another" : "not pinned",
        "Load average", String.format(Locale.ROOT, "%.1f at the end", load));
  }

  private static String stamp() {
    return Instant.now().toString().replaceAll("[:.]", "-");
  }

  private static void write(Path file, Object values) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), values);
  }
}
