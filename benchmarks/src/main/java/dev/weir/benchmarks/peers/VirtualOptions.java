package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** What is asked of a comparison in virtual time. */
final class VirtualOptions {

  @Option(
      names = "--virtual-seconds",
      defaultValue = "20",
      description = "Counted time of a run in virtual time (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--virtual-loads",
      split = ",",
      defaultValue = "0.5,1,2,5,10,100",
      description = "Offered in virtual time, over what the machine can do (${DEFAULT-VALUE}).")
  private List<Double> loads = List.of();

  @Option(
      names = "--virtual-processors",
      defaultValue = "8",
      description = "Of the machine in virtual time (${DEFAULT-VALUE}).")
  private int processors;

  @Option(
      names = "--riders",
      defaultValue = "1000000",
      description = "Who call in virtual time (${DEFAULT-VALUE}).")
  private int riders;

  @Option(names = "--workloads", split = ",", description = "Only these, in virtual time.")
  private List<String> workloads = new ArrayList<>();

  @Option(
      names = "--front-end-us",
      defaultValue = "0",
      description = "Price of looking at a call in virtual time, microseconds (${DEFAULT-VALUE}).")
  private long frontEndMicros;

  @Option(
      names = "--refusal-us",
      defaultValue = "0",
      description = "Price of a refusal in virtual time, microseconds (${DEFAULT-VALUE}).")
  private long refusalMicros;

  /**
   * @throws LoadException if this cannot be run
   */
  VirtualRun.Plan plan(boolean stopLate, int rounds, long seed) {
    if (seconds < 1 || processors < 1 || riders < 1) {
      throw new LoadException("seconds, processors and riders are at least 1");
    }
    known("workload", workloads, VirtualRun.names());
    return new VirtualRun.Plan(
        processors,
        stopLate,
        loads,
        Duration.ofSeconds(seconds),
        rounds,
        seed,
        riders,
        workloads,
        TimeUnit.MICROSECONDS.toNanos(frontEndMicros),
        TimeUnit.MICROSECONDS.toNanos(refusalMicros));
  }

  /**
   * Those of these names, all if there are none; names that only the engine has are passed over.
   */
  static List<Entrant> entrants(Duration deadline, List<String> names) {
    return Field.all(deadline).stream()
        .filter(entrant -> names.isEmpty() || names.contains(entrant.name()))
        .toList();
  }

  /**
   * @throws LoadException if there is none of such a name
   */
  static void known(String what, List<String> wanted, List<String> names) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        String others = String.join(", ", names);
        throw new LoadException("there is no " + what + " " + name + ", but " + others);
      }
    }
  }

  /** The conditions, in words. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "%d processors, %d s, %,d riders, deciding costs %d us, refusing %d us",
        processors,
        seconds,
        riders,
        frontEndMicros,
        refusalMicros);
  }
}
