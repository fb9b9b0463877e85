package dev.weir.benchmarks.load;

import java.util.concurrent.TimeUnit;

/**
 * Does what a schedule says when it is due, whether or not anything before has been answered. What
 * the loop was too busy to do in time is done as soon as can be, and is told how late it is. On the
 * event loop, but for {@link #start}.
 */
public final class Pump {
  /** Between two looks at the sockets, so that a backlog of sends does not age the answers. */
  private static final int AT_ONCE = 32;

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Generator generator;
  private final Schedule schedule;
  private long startNanos;

  /** What is to be done; times are nanoseconds since the start. */
  public interface Schedule {
    /** When something is due next; {@link Long#MAX_VALUE} for never. */
    long dueNanos();

    /** Does it. */
    void next(long nowNanos);

    /** Called after each look, every millisecond at least; whether to go on. */
    boolean looked(long nowNanos);
  }

  public Pump(Generator generator, Schedule schedule) {
    this.generator = generator;
    this.schedule = schedule;
  }

  /** Starts soon; callable from anywhere. */
  public void start() {
    generator.execute(
        () -> {
          startNanos = System.nanoTime();
          look();
        });
  }

  /** Since the start. */
  public long nowNanos() {
    return System.nanoTime() - startNanos;
  }

  private void look() {
    long now = nowNanos();
    for (int i = 0; i < AT_ONCE && schedule.dueNanos() <= now; i++) {
      schedule.next(now);
      now = nowNanos();
    }
    if (schedule.looked(now)) {
      generator.after(Math.clamp(schedule.dueNanos() - now, 0, LOOK_EVERY_NANOS), this::look);
    }
  }
}
