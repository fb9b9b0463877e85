package dev.weir.benchmarks.riders;

import dev.weir.proxy.path.Priority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options of all commands about riders. Filled by picocli, then read only. */
final class Given {
  private static final int MOST_RIDERS = 500_000;
  private static final int MOST_PER_CONNECTION = 10_000;
  private static final int MOST_SECONDS = 3_600;
  private static final int MOST_RETRIES = 1_000;

  @Option(
      names = "--riders",
      defaultValue = "10000",
      description = "Riders, each with its own connection or stream (${DEFAULT-VALUE}).")
  int riders;

  @Option(
      names = "--protocol",
      defaultValue = "http1",
      description = "http1, http2 (in clear text) or grpc (${DEFAULT-VALUE}).")
  Protocol protocol = Protocol.HTTP1;

  @Option(
      names = "--riders-per-connection",
      defaultValue = "1",
      description = "Who share a connection, with http2 and grpc (${DEFAULT-VALUE}).")
  int perConnection = 1;

  @Option(
      names = "--load",
      defaultValue = "10",
      description = "Offered, over the peak that is measured first (${DEFAULT-VALUE}).")
  double load;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Offered requests per second, instead of --load; no peak is measured.")
  double rate;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "Counted time of the stage (${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--shape",
      defaultValue = "poisson",
      description =
          "poisson, steps, ramp, spike or replay=FILE with seconds,rate (${DEFAULT-VALUE}).")
  String shape = "";

  @Option(
      names = "--deadline",
      defaultValue = "500ms",
      converter = Span.class,
      description = "Answers later than this are not good (${DEFAULT-VALUE}).")
  Duration deadline = Duration.ZERO;

  @Option(
      names = "--mix",
      defaultValue = "speed=85,flexible=10,alternatives=3,isochrone=2",
      description = "What riders ask for (${DEFAULT-VALUE}).")
  String mix = "";

  @Option(
      names = "--tiers",
      defaultValue = "critical=10,default=60,sheddable=20,batch=10",
      description = "What they claim (${DEFAULT-VALUE}).")
  String tiers = "";

  @Option(
      names = "--clients",
      defaultValue = "calm=100",
      description = "How they behave: calm, polite, storm, leaves (${DEFAULT-VALUE}).")
  String clients = "";

  @Option(
      names = "--retries",
      defaultValue = "3",
      description = "Of a polite or storming rider for one wish (${DEFAULT-VALUE}).")
  int retries;

  @Option(names = "--seed", defaultValue = "1", description = "Of everything (${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "Seconds of calm load before (${DEFAULT-VALUE}).")
  int warmUpSeconds;

  /**
   * Looks at everything that has bounds.
   *
   * @throws IllegalArgumentException with one sentence
   */
  void check() {
    within("--riders", riders, 1, MOST_RIDERS);
    within("--riders-per-connection", perConnection, 1, MOST_PER_CONNECTION);
    if (perConnection > 1 && !protocol.shares()) {
      throw new IllegalArgumentException("--riders-per-connection needs --protocol http2 or grpc");
    }
    within("--seconds", seconds, 1, MOST_SECONDS);
    within("--retries", retries, 0, MOST_RETRIES);
    within("--warm-up", warmUpSeconds, 0, MOST_SECONDS);
    within("--load", load, 1e-3, 10_000);
    within("--rate", rate, 0, 1_000_000);
    within("--deadline in ms", (double) deadline.toMillis(), 1, 60_000);
    shares(Kind.class, "--mix", mix);
    shares(Priority.class, "--tiers", tiers);
    manners();
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be from %s to %.0f", name, text(least), most));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static <E extends Enum<E>> Shares<E> shares(Class<E> type, String name, String text) {
    try {
      return Shares.parse(type, text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage());
    }
  }

  Shares<Manner> manners() {
    return shares(Manner.class, "--clients", clients);
  }

  Mix mixOf(List<String> keys) {
    return new Mix(
        shares(Kind.class, "--mix", mix), shares(Priority.class, "--tiers", tiers), keys);
  }

  boolean replays() {
    return shape.startsWith("replay=");
  }

  /** Whether the peak has to be known to make the shape. */
  boolean needsPeak() {
    return rate == 0 && !replays();
  }

  /**
   * The load over time.
   *
   * @param most requests per second where the shape is highest; a replay has its own
   * @throws IOException if the file of a replay cannot be read
   */
  Shape shape(double most) throws IOException {
    Duration length = Duration.ofSeconds(seconds);
    if (replays()) {
      return Replay.read(Path.of(shape.substring("replay=".length())));
    }
    return switch (shape) {
      case "poisson" -> Shape.constant(most, length);
      case "steps" -> Shape.steps(most, length);
      case "ramp" -> Shape.ramp(most, length);
      case "spike" -> Shape.spike(most, length);
      default ->
          throw new IllegalArgumentException(
              "--shape must be poisson, steps, ramp, spike or replay=FILE, not " + shape);
    };
  }

  /** The stage; a load that does not change is offered for some time before it counts. */
  Script script(Shape over, List<Question> questions, long ownSeed) {
    Duration leadIn = shape.equals("poisson") ? Duration.ofSeconds(2) : Duration.ZERO;
    return new Script(over.after(leadIn), leadIn, deadline, questions, manners(), retries, ownSeed);
  }
}
