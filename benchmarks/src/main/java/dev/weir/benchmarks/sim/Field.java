package dev.weir.benchmarks.sim;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.proxy.admit.limit.Aimd;
import dev.weir.proxy.admit.limit.BbrLike;
import dev.weir.proxy.admit.limit.EnvoyGradient;
import dev.weir.proxy.admit.limit.Fixed;
import dev.weir.proxy.admit.limit.Gradient2;
import dev.weir.proxy.admit.limit.LimitPolicy;
import dev.weir.proxy.admit.limit.MarginalThroughput;
import dev.weir.proxy.admit.limit.Vegas;
import dev.weir.proxy.config.GateSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Weir, and everybody it is compared with. */
public final class Field {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TENTH = Duration.ofMillis(100);

  private Field() {}

  /**
   * All of them.
   *
   * @param deadline that callers commonly set, by which a timeout is chosen
   */
  public static List<Entrant> all(Duration deadline) {
    return List.of(
        weir(GateSettings.standard()),
        uncontrolled(),
        sharedBy(200),
        sharedBy(20),
        noWait(),
        firstComeFirstServed("fifo-timeout-d", deadline),
        firstComeFirstServed("fifo-timeout-d5", deadline.dividedBy(5)),
        newestFirst(),
        earliestDeadlineFirst(),
        codelAdaptiveLifo(),
        new Entrant("folly-codel", house -> semaphore(house, new FollyCodel())),
        new Entrant("dagor", Dagor::new),
        limiter("aimd", processors -> new Aimd(), SECOND),
        limiter("gradient2", processors -> new Gradient2(), SECOND),
        limiter("vegas", processors -> new Vegas(), TENTH),
        limiter("envoy-gradient", processors -> new EnvoyGradient(), TENTH),
        limiter("bbr-like", BbrLike::new, TENTH),
        limiter("marginal-throughput", MarginalThroughput::new, TENTH));
  }

  /** Weir's own gate and queue; it stops searches at their deadlines. */
  public static Entrant weir(GateSettings settings) {
    return new Entrant("weir", house -> new WeirContestant(house, settings), true);
  }

  /** Weir's queue in Facebook's order: one per processor, and a place for whoever comes. */
  public static Entrant codelAdaptiveLifo() {
    GateSettings settings =
        GateSettings.standard()
            .with(
                draft -> {
                  draft.order = GateSettings.Order.CODEL_LIFO;
                  draft.limit = GateSettings.Limit.FIXED;
                  draft.maxQueue = 1_000_000;
                });
    return new Entrant("codel-adaptive-lifo", house -> new WeirContestant(house, settings), true);
  }

  /** Everybody is computed at once. */
  public static Entrant uncontrolled() {
    return new Entrant(
        "no-control",
        house ->
            new Contestant() {
              @Override
              public void offered(Job job) {
                house.start(job);
              }

              @Override
              public void ended(Job job) {}
            });
  }

  /** So many at once, the others are refused. */
  public static Entrant sharedBy(int limit) {
    return limiter("limit-" + limit, processors -> new Fixed(limit), SECOND);
  }

  /** One per processor, nobody waits: Resilience4j's bulkhead. */
  public static Entrant noWait() {
    return new Entrant("semaphore-no-wait", house -> semaphore(house, new Lines.None()));
  }

  /** One per processor, oldest first, given up after the timeout. */
  public static Entrant firstComeFirstServed(String name, Duration timeout) {
    long nanos = timeout.toNanos();
    return new Entrant(name, house -> semaphore(house, new Lines.ByAge(false, nanos)));
  }

  /** One per processor, newest first. */
  public static Entrant newestFirst() {
    Function<House, Contestant> enter =
        house -> semaphore(house, new Lines.ByAge(true, Long.MAX_VALUE));
    return new Entrant("lifo", enter);
  }

  /** One per processor, earliest deadline first, without asking whether it can be met. */
  public static Entrant earliestDeadlineFirst() {
    return new Entrant("edf", house -> semaphore(house, new Lines.ByDeadline()));
  }

  private static Contestant semaphore(House house, WaitingLine line) {
    return new Semaphore(house, house.processors(), line);
  }

  /** A limit policy that refuses at its limit. */
  public static Entrant limiter(String name, IntFunction<LimitPolicy> policy, Duration window) {
    return new Entrant(
        name, house -> new AtLimit(house, policy.apply(house.processors()), window.toNanos()));
  }
}
