package dev.weir.benchmarks.sim;

import dev.weir.proxy.path.Priority;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.List;

/**
 * Who asks for what. Riders do not know of each other, think for a random time between two calls
 * and call at rates of their own: all together, that is a Poisson process whose calls come from
 * riders by their rates. So a rider needs no memory: everything about it follows from its number.
 *
 * @param classes what is asked for; parts sum up to 1
 * @param criticalPart part of the calls that are CRITICAL as long as those ask for no more than
 *     half of the machine; then as many as ask for half of it. The rest is DEFAULT (six in nine),
 *     SHEDDABLE (two) and BATCH (one); 0 makes all calls DEFAULT
 * @param tenants at least 1; the first asks for all that the others do not
 * @param meekLoad what each other tenant asks for, over its equal share of the machine
 * @param estimateSigma error of estimates: standard deviation of the logarithm of estimate ÷ cost
 * @param crowd who calls
 */
public record Workload(
    String name,
    List<SizeClass> classes,
    double criticalPart,
    int tenants,
    double meekLoad,
    double estimateSigma,
    Crowd crowd) {

  private static final double MILLI = 1e6;
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
  private static final double SIGMA = 0.5;
  private static final double TEN_MILLIS = 10 * MILLI;

  /**
   * @param part of all calls
   * @param timeout after which the caller leaves
   */
  public record SizeClass(String name, RequestKind kind, double part, Law cost, Duration timeout) {}

  /**
   * Many riders. The one with the number {@code r} calls in proportion to 1 ÷ √r, so that of a
   * million the busiest makes one call in a thousand, and the busiest hundredth one in ten.
   *
   * @param riders at least 1
   * @param strangers each is a tenant, as callers without a key are; otherwise they call for the
   *     tenants that there are
   */
  public record Crowd(int riders, boolean strangers) {

    public static final Crowd MILLION = new Crowd(1_000_000, false);

    public Crowd {
      if (riders < 1) {
        throw new IllegalArgumentException("somebody has to call");
      }
    }
  }

  public Workload {
    classes = List.copyOf(classes);
    double sum = classes.stream().mapToDouble(SizeClass::part).sum();
    if (Math.abs(sum - 1) > 1e-9 || tenants < 1) {
      throw new IllegalArgumentException(name + ": parts sum up to " + sum);
    }
  }

  /** Mean cost of a call. */
  public double meanNanos() {
    return classes.stream().mapToDouble(c -> c.part() * c.cost().meanNanos()).sum();
  }

  /** Chance of each tier at an offered load; 1 is what the machine can just do. */
  public double[] tierParts(double load) {
    if (criticalPart == 0) {
      return new double[] {0, 1, 0, 0};
    }
    double critical = Math.min(criticalPart, 0.5 / Math.max(load, 1e-9));
    double rest = 1 - critical;
    return new double[] {critical, rest * 6 / 9, rest * 2 / 9, rest / 9};
  }

  /** Chance that a call is of the first tenant. */
  public double firstTenantPart(double load) {
    double others = (tenants - 1) * meekLoad / tenants;
    return tenants == 1 ? 1 : Math.max(1.0 / tenants, 1 - others / Math.max(load, 1e-9));
  }

  /** Highest first; a tier is known by its index in this list. */
  public static final List<Priority> TIERS = List.of(Priority.values());

  private static Workload of(String name, Law cost) {
    return of(name, List.of(new SizeClass("all", RequestKind.ROUTE, 1, cost, HALF_A_SECOND)));
  }

  private static Workload of(String name, List<SizeClass> classes) {
    return new Workload(name, classes, 0, 1, 0, SIGMA, Crowd.MILLION);
  }

  /** All calls cost 10 ms. */
  public static Workload uniform() {
    return of("uniform", new Law.Same(TEN_MILLIS));
  }

  public static Workload exponential() {
    return of("exponential", new Law.Exponential(TEN_MILLIS));
  }

  /** Heavy-tailed, as measured of mixed road routing. */
  public static Workload lognormal() {
    return of("lognormal", new Law.Lognormal(TEN_MILLIS, 1.5));
  }

  /** What a city's riders ask of a routing engine, as measured on one (docs/benchmarks.md). */
  public static Workload mixed() {
    return of("mixed", cityClasses());
  }

  /** The same of four tiers. */
  public static Workload tiers() {
    return new Workload("tiers", cityClasses(), 0.1, 1, 0, SIGMA, Crowd.MILLION);
  }

  /** The same of ten tenants, nine of which ask for 90 % of their share; the tenth floods. */
  public static Workload flooded() {
    return new Workload("tenants", cityClasses(), 0, 10, 0.9, SIGMA, Crowd.MILLION);
  }

  /** The same of strangers. */
  public static Workload riders() {
    Crowd strangers = new Crowd(Crowd.MILLION.riders(), true);
    return new Workload("riders", cityClasses(), 0, 1, 0, SIGMA, strangers);
  }

  /** The same of so many riders. */
  public Workload of(int riders) {
    Crowd other = new Crowd(riders, crowd.strangers());
    return new Workload(name, classes, criticalPart, tenants, meekLoad, estimateSigma, other);
  }

  private static List<SizeClass> cityClasses() {
    return List.of(
        city("ch", RequestKind.ROUTE, 0.85, 1, 0.5),
        city("flexible", RequestKind.ROUTE, 0.10, 3, 0.8),
        city("alternatives", RequestKind.ROUTE, 0.03, 13, 0.8),
        city("isochrone", RequestKind.ISOCHRONE, 0.02, 80, 1.0));
  }

  private static SizeClass city(
      String name, RequestKind kind, double part, double millis, double sigma) {
    Law law = new Law.Lognormal(millis * MILLI, sigma);
    return new SizeClass(name, kind, part, law, HALF_A_SECOND);
  }
}
