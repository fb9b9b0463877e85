package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Places;
import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.Field;
import dev.weir.benchmarks.sim.Workload;
import dev.weir.proxy.dispatch.Workers;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares policies of admission, in virtual time and on the real engine in this process. */
@Command(
    name = "bench policies",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compares policies of admission, in virtual time and on the real engine.")
public final class Policies implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final Duration CAPACITY_TIME = Duration.ofSeconds(6);
  private static final Duration CALIBRATION = Duration.ofSeconds(2);
  private static final Duration LEAD_IN = Duration.ofSeconds(2);

  private enum Only {
    VIRTUAL,
    ENGINE
  }

  @Option(names = "--map", description = "OpenStreetMap extract; Monaco if not given.")
  private @Nullable Path map;

  @Option(names = "--only", description = "${COMPLETION-CANDIDATES}: one of the two alone.")
  private @Nullable Only only;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "Counted time of a stage on the engine (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "3", description = "Of everything (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--loads",
      split = ",",
      defaultValue = "0.5,1,2,5,10",
      description = "Offered to the engine, over what it can just do (${DEFAULT-VALUE}).")
  private List<Double> loads = List.of();

  @Option(names = "--contestants", split = ",", description = "Only these.")
  private List<String> contestants = new ArrayList<>();

  @Mixin private VirtualOptions virtual = new VirtualOptions();

  @Option(
      names = "--deadline-ms",
      defaultValue = "500",
      description = "Of every call on the engine (${DEFAULT-VALUE}).")
  private int deadlineMillis;

  @Option(
      names = "--stop-late",
      description =
          "Searches end at their deadlines whatever the policy. Without it they run to their end"
              + " as in the stock server, but for those that a policy stops itself.")
  private boolean stopLate;

  @Option(names = "--seed", defaultValue = "1", description = "Of calls and arrivals.")
  private long seed;

  @Option(names = "--out", description = "Directory for the page and the values.")
  private @Nullable Path out;

  private final PrintWriter terminal = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final Map<String, String> conditions = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

  private Policies() {}

  /** Runs it and ends this process: 0 after a run, 1 if it could not be done, 2 if misused. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Policies()).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (seconds < 1 || rounds < 1) {
      System.err.println("bench: seconds and rounds are at least 1");
      return USAGE;
    }
    try {
      VirtualOptions.known("contestant", contestants, names());
      Path directory = directory();
      describe();
      if (only != Only.ENGINE) {
        virtualTime();
      }
      if (only != Only.VIRTUAL) {
        engine(directory);
      }
      publish(directory);
      return 0;
    } catch (IOException | LoadException | EngineStartException e) {
      System.err.println("bench: " + e.getMessage());
      return FAILED;
    }
  }

  /** Whoever can take part in what is going to be run. */
  private List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    if (only != Only.ENGINE) {
      Field.all(Duration.ofMillis(deadlineMillis)).forEach(entrant -> names.add(entrant.name()));
    }
    if (only != Only.VIRTUAL) {
      names.addAll(Candidates.names());
    }
    return List.copyOf(names);
  }

  private Path directory() throws IOException {
    return Files.createDirectories(out == null ? new Places().report("policies") : out);
  }

  private void describe() {
    conditions.put("At", Instant.now().toString());
    conditions.put("Java", Runtime.version().toString());
    conditions.put("Seed", Long.toString(seed));
    conditions.put("Rounds", Integer.toString(rounds));
    conditions.put("Late searches", stopLate ? "stopped for everybody" : "run to their end");
  }

  private void virtualTime() throws InterruptedException {
    VirtualRun.Plan plan = virtual.plan(stopLate, rounds, seed);
    Duration deadline = Duration.ofMillis(deadlineMillis);
    List<Entrant> entrants = VirtualOptions.entrants(deadline, contestants);
    conditions.put("Virtual time", virtual.inWords());
    rows.addAll(new VirtualRun(plan, this::progress).run(entrants));
  }

  private void engine(Path directory)
      throws IOException, EngineStartException, InterruptedException {
    Path extract = map == null ? new Places().monaco() : Places.existing(map, "--map");
    Sentinel.logTo(directory.resolve("sentinel"));
    EngineSettings settings = CarOnly.settings(extract, directory);
    try (RoutingEngine engine =
        GraphHopperEngine.open(settings, terminal::println, System::nanoTime)) {
      terminal.println("measuring what queries cost; on a big map that takes a minute");
      Questions questions = Questions.measured(engine, seed);
      int processors = Runtime.getRuntime().availableProcessors();
      Workers.carriers(WeirPeer.threads(processors)); // as in the server
      Peer.Ground ground =
          new Peer.Ground(engine, processors, Duration.ofMillis(deadlineMillis), stopLate);
      double capacity = Capacity.measured(ground, questions, CAPACITY_TIME, seed);
      EngineRun.Plan plan =
          new EngineRun.Plan(
              CALIBRATION, loads, LEAD_IN, Duration.ofSeconds(seconds), rounds, seed);
      EngineRun run = new EngineRun(ground, questions, plan, this::progress);
      describe(extract, questions, capacity, processors);
      List<Peer.Candidate> all =
          Candidates.all(settings, questions).stream().filter(this::takesPart).toList();
      rows.addAll(run.run(all, Workload.mixed()));
      List<Peer.Candidate> few = all.stream().filter(Candidates::tiered).toList();
      rows.addAll(run.run(few, Workload.tiers()));
      rows.addAll(run.run(few, Workload.flooded()));
    }
  }

  private boolean takesPart(Peer.Candidate candidate) {
    return contestants.isEmpty() || contestants.contains(candidate.name());
  }

  private void describe(Path extract, Questions questions, double capacity, int processors) {
    StringBuilder costs = new StringBuilder();
    for (int kind = 0; kind < Questions.CLASSES.size(); kind++) {
      costs.append(
          String.format(
              Locale.ROOT,
              "%s %.2f ms (%.0f %%); ",
              Questions.CLASSES.get(kind),
              questions.meanNanos(kind) / 1e6,
              100 * Questions.PARTS[kind]));
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    conditions.put(
        "Engine",
        String.format(
            Locale.ROOT,
            "%s, %d processors shared with the generator, %d s, deadline %d ms, load average %.1f",
            extract.getFileName(),
            processors,
            seconds,
            deadlineMillis,
            load));
    conditions.put("Mean costs", costs.toString());
    double promised = processors * 1e9 / questions.meanNanos();
    conditions.put(
        "1x",
        String.format(
            Locale.ROOT,
            "%.0f calls per second with all processors busy; by idle costs %.0f",
            capacity,
            promised));
    conditions.forEach((name, value) -> terminal.println(name + ": " + value));
  }

  private void progress(Row row) {
    terminal.println(Table.progress(row));
  }

  private void progress(Row row, double speed) {
    terminal.printf(Locale.ROOT, "%s  %.0fx real time%n", Table.progress(row), speed);
  }

  private void publish(Path directory) throws IOException {
    Results results = new Results(conditions, rows);
    Table.print(results, terminal);
    Table.writeCsv(results, directory.resolve("policies.csv"));
    Page.write(results, directory.resolve("policies.html"));
    Picture.write(results, directory.resolve("policies.svg"));
    terminal.println("\nall values and the page: " + directory);
  }
}
