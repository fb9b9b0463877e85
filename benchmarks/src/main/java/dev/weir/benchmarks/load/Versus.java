package dev.weir.benchmarks.load;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares Weir with the stock server under open-loop load, both started here on the same map and
 * pinned alike. See docs/benchmarks.md for the method.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compares Weir with the stock GraphHopper server under open-loop load.")
public final class Versus implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** The same heap and the same of everything else. */
  private static final String JVM_OPTIONS = "-Xms2g -Xmx2g " + Contender.JVM_OPTIONS;

  private static final Duration LEAD_IN = Duration.ofSeconds(2);

  /** Candidate requests: enough that none is asked twice within a stage's objective. */
  private static final int CANDIDATES = 4_000;

  /** Homes of the riders: 90 connections each at 9,000. */
  private static final int SOURCES = 100;

  private enum Only {
    STOCK,
    WEIR
  }

  @Option(names = "--map", description = "OpenStreetMap extract; Monaco if not given.")
  private @Nullable Path map;

  @Option(names = "--pairs", defaultValue = "5", description = "A/B pairs (${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "Counted time of a stage (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--connections",
      defaultValue = "9000",
      description = "Open in every stage (${DEFAULT-VALUE}).")
  private int connections;

  @Option(names = "--seed", defaultValue = "1", description = "Of requests and arrivals.")
  private long seed;

  @Option(
      names = "--slo-ms",
      defaultValue = "500",
      description = "Answers later than this are not good (${DEFAULT-VALUE}).")
  private int sloMillis;

  @Option(
      names = "--ladder",
      split = ",",
      defaultValue = "0.8,0.9,0.95,1.0,1.05,1.15,1.3",
      description = "Offered rates over the estimated peak (${DEFAULT-VALUE}).")
  private List<Double> ladder = List.of();

  @Option(
      names = "--overload",
      defaultValue = "10",
      description = "Offered in the flood over the measured peak (${DEFAULT-VALUE}).")
  private double overload;

  @Option(
      names = "--warm-up",
      defaultValue = "60",
      description = "Seconds of calm load on each server before (${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Option(names = "--only", description = "${COMPLETION-CANDIDATES}: measure it alone.")
  private @Nullable Only only;

  @Option(names = "--weir-jar", description = "Default: the one built beside this.")
  private @Nullable Path weirJar;

  @Option(names = "--weir-option", description = "For Weir's JVM alone; may be repeated.")
  private List<String> weirOptions = new ArrayList<>();

  @Option(
      names = "--jvm-options",
      split = " ",
      defaultValue = JVM_OPTIONS,
      description = "For both servers (${DEFAULT-VALUE}).")
  private List<String> jvmOptions = List.of();

  private final Report report =
      new Report(new PrintWriter(System.out, true, StandardCharsets.UTF_8));

  private Versus() {}

  /** Runs it and ends this process: 0 after a run, 1 if it could not be done, 2 if misused. */
  public static void main(String[] arguments) {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // warnings only
    CommandLine line = new CommandLine(new Versus()).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      compare();
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      return USAGE;
    } catch (IOException | LoadException e) {
      System.err.println("bench: " + e.getMessage());
      return FAILED;
    }
  }

  private void compare() throws IOException, InterruptedException {
    Plan plan = plan();
    if (pairs < 1 || warmUpSeconds < 1) {
      throw new IllegalArgumentException("needs at least one pair and a second of warm-up");
    }
    Places places = new Places();
    List<Contender> contenders = contenders(places);
    Pinning pinning = new Pinning();
    if (!pinning.works()) {
      report.say("NOT PINNED: servers and generator share processors, the figures mean little");
    }
    List<ServerProcess> servers = new ArrayList<>();
    try (Rig rig = new Rig(plan.sources())) {
      for (Contender contender : contenders) {
        report.say("starting %s, its output goes to %s", contender.name(), contender.log());
        servers.add(contender.start(pinning.server()));
      }
      Campaign campaign = new Campaign(rig, servers, plan, report);
      Requests requests = campaign.requests(CANDIDATES);
      campaign.warmUp(requests, Duration.ofSeconds(warmUpSeconds));
      List<Measurement> stages = campaign.run(requests, pairs);
      finish(places, conditions(plan, contenders, pinning), stages);
    } finally {
      servers.forEach(ServerProcess::close);
    }
  }

  private void finish(Places places, Map<String, Object> conditions, List<Measurement> stages)
      throws IOException {
    Comparison comparison = Comparison.of(stages);
    report.result(comparison);
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    Path file = places.report("versus-" + time + ".json");
    Report.write(file, conditions, comparison, stages);
    report.say("all stages: %s", file);
  }

  private Plan plan() {
    return new Plan(
        ladder,
        overload,
        Duration.ofSeconds(seconds),
        LEAD_IN,
        Duration.ofMillis(sloMillis),
        connections,
        SOURCES,
        seed);
  }

  private List<Contender> contenders(Places places) throws IOException {
    Path extract = map == null ? places.monaco() : Places.existing(map, "--map");
    Contender.Ground ground =
        new Contender.Ground(extract.toAbsolutePath(), places.workDirectory(), jvmOptions);
    List<Contender> contenders = new ArrayList<>();
    if (only != Only.WEIR) {
      contenders.add(Contender.stock(ground, places.stockJar()));
    }
    if (only != Only.STOCK) {
      Path jar = weirJar == null ? places.weirJar() : Places.existing(weirJar, "--weir-jar");
      contenders.add(Contender.weir(ground, jar, weirOptions));
    }
    return contenders;
  }

  private static Map<String, Object> conditions(
      Plan plan, List<Contender> contenders, Pinning pinning) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("at", Instant.now().toString());
    conditions.put("java", Runtime.version().toString());
    conditions.put("processors", pinning.processors());
    conditions.put(
        "loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    conditions.put("pinned", pinning.works());
    conditions.put("ladder", plan.ladder());
    conditions.put("connections", plan.connections());
    conditions.put("seed", plan.seed());
    conditions.put("objectiveMillis", plan.objective().toMillis());
    contenders.forEach(
        c -> conditions.put("command of " + c.name(), String.join(" ", c.command())));
    return conditions;
  }
}
