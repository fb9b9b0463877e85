package dev.weir.benchmarks.micro;

import dev.weir.proxy.transport.contract.TranscodingBenchmark;
import dev.weir.proxy.transport.http.WireBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of what every request passes, the reference before each of them. */
final class Measuring {

  /** In the order in which a request meets what they measure. */
  private static final List<Class<?>> CLASSES =
      List.of(
          WireBenchmark.class,
          TranscodingBenchmark.class,
          CostModelBenchmark.class,
          AdmissionBenchmark.class,
          MetricsBenchmark.class);

  private static final String REFERENCE = Pattern.quote(ReferenceBenchmark.class.getName()) + ".*";

  private static final int WARM_UPS = 5;
  private static final int ITERATIONS = 5;

  /**
   * As the launcher starts the server, but for the heap, and for the compiler: it works at once and
   * not beside the benchmark, or else on a busy machine code would be measured that is not compiled
   * yet.
   */
  private static final String[] FLAGS = {
    "-XX:-BackgroundCompilation",
    "-Xms1g",
    "-Xmx1g",
    "-XX:+UseParallelGC",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow"
  };

  private final Pattern only;
  private final int forks;
  private final TimeValue time;
  private final Consumer<Score> progress;

  /**
   * @param only found in the names of those to run
   * @param millis of an iteration
   */
  Measuring(Pattern only, int forks, int millis, Consumer<Score> progress) {
    this.only = only;
    this.forks = forks;
    this.time = TimeValue.milliseconds(millis);
    this.progress = progress;
  }

  List<Score> run() throws RunnerException {
    List<Score> scores = new ArrayList<>();
    for (Class<?> benchmarks : CLASSES) {
      for (String method : methods(benchmarks)) {
        double yardstick = median(run(REFERENCE, 1).iterator().next().getPrimaryResult());
        for (RunResult result : run(method, forks)) {
          Score score = score(result, yardstick);
          scores.add(score);
          progress.accept(score);
        }
      }
    }
    return scores;
  }

  /** Expressions for the wished ones of a class. */
  private List<String> methods(Class<?> benchmarks) {
    return List.of(benchmarks.getDeclaredMethods()).stream()
        .filter(method -> method.isAnnotationPresent(org.openjdk.jmh.annotations.Benchmark.class))
        .map(method -> benchmarks.getName() + "." + method.getName())
        .filter(name -> only.matcher(name).find())
        .sorted()
        .map(name -> Pattern.quote(name) + "$")
        .toList();
  }

  private Collection<RunResult> run(String benchmark, int jvms) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(benchmark)
        .forks(jvms)
        .warmupIterations(WARM_UPS)
        .warmupTime(time)
        .measurementIterations(ITERATIONS)
        .measurementTime(time)
        .jvmArgs(FLAGS)
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
    return new Runner(options.build()).run();
  }

  private static Score score(RunResult result, double yardstick) {
    double nanos = median(result.getPrimaryResult());
    Result<?> bytes =
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
    return new Score(name(result.getParams()), nanos, nanos / yardstick, median(bytes));
  }

  /** One slow iteration on a busy machine says nothing of the benchmark. */
  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }

  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    int method = full.lastIndexOf('.');
    String name = full.substring(full.lastIndexOf('.', method - 1) + 1);
    return params.getParamsKeys().isEmpty()
        ? name
        : name
            + params.getParamsKeys().stream()
                .map(key -> key + "=" + params.getParam(key))
                .collect(Collectors.joining(" ", " ", ""));
  }
}
