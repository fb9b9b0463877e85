package dev.weir.benchmarks.sim;

import dev.weir.proxy.path.Profile;
import java.time.Duration;
import java.util.Arrays;

/**
 * WeChat's DAGOR on one server [1]: a cursor over (business priority, user priority) below which
 * calls are refused at the door, moved once in a second or 2,000 calls.
 *
 * <pre>
 *   mean wait &gt; 20 ms   admit 5 % fewer calls than were admitted
 *   else                admit 1 % more of those that came
 * </pre>
 *
 * Who passes waits for one of C permits, oldest first. Not Weir's default because it goes by steps
 * of 5 %: a tenfold flood takes 45 windows to get under control.
 *
 * <p>[1] H. Zhou et al., "Overload Control for Scaling WeChat Microservices", SoCC 2018,
 * re-implemented; without the hint to upstream servers.
 */
final class Dagor implements Contestant {

  private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int WINDOW_CALLS = 2_000;
  private static final long TARGET_NANOS = Duration.ofMillis(20).toNanos();
  private static final double LESS = 0.95;
  private static final double MORE = 0.01;

  private final House house;
  private final Semaphore inner;
  private final long[] came = new long[Workload.TIERS.size() * Profile.COHORTS];
  private int cursor = came.length;
  private long windowEndNanos = WINDOW_NANOS;
  private long calls;
  private long admitted;
  private long waits;
  private long waitedNanos;

  Dagor(House house) {
    this.house = house;
    this.inner = new Semaphore(house, house.processors(), new Lines.ByAge(false, Long.MAX_VALUE));
  }

  @Override
  public void offered(Job job) {
    int rank = job.tier() * Profile.COHORTS + job.cohort();
    came[rank]++;
    calls++;
    if (rank < cursor) {
      admitted++;
      inner.offered(job);
    } else {
      house.refuse(job);
    }
    if (calls >= WINDOW_CALLS || house.nanos() >= windowEndNanos) {
      moveCursor();
    }
  }

  private void moveCursor() {
    boolean overloaded = waits > 0 && waitedNanos / waits > TARGET_NANOS;
    double wanted = overloaded ? admitted * LESS : admitted + MORE * calls;
    long sum = 0;
    int rank = 0;
    while (rank < came.length && sum + came[rank] <= wanted) {
      sum += came[rank++];
    }
    cursor = Math.max(1, rank);
    Arrays.fill(came, 0);
    windowEndNanos = house.nanos() + WINDOW_NANOS;
    calls = 0;
    admitted = 0;
    waits = 0;
    waitedNanos = 0;
  }

  @Override
  public void ended(Job job) {
    waits++;
    waitedNanos += job.startedNanos() - job.arrivedNanos();
    inner.ended(job);
  }

  @Override
  public void tick() {
    inner.tick();
  }
}
