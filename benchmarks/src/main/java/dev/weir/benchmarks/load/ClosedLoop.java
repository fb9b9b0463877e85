package dev.weir.benchmarks.load;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calm load: a few riders, each of whom asks again when answered. Never overloads anything, so it
 * serves to warm a server up, to find out which requests have an answer at all, and to estimate
 * roughly where the peak will be. Its figures are not results. On the event loop, but for {@link
 * #run}.
 */
public final class ClosedLoop {
  private final Generator generator;
  private final Wire wire;
  private final int riders;
  private final long atMost;
  private final long forNanos;
  private final BitSet routed;
  private final CompletableFuture<Outcome> result = new CompletableFuture<>();
  private long startNanos;
  private long sent;
  private long answered;
  private long good;
  private long goodBytes;
  private final Set<Asked> underWay = HashSet.newHashSet(16);

  /**
   * What calm load found.
   *
   * @param answered requests that got any answer
   * @param good those that got a route
   * @param goodPerSecond mean rate of routes
   * @param goodBytes length of their bodies together
   * @param routed indexes of requests that got a route at least once
   */
  public record Outcome(
      long answered, long good, double goodPerSecond, long goodBytes, BitSet routed) {

    /** Mean length of a route's body: servers that do the same work send about the same. */
    double bytesPerRoute() {
      return good == 0 ? 0 : (double) goodBytes / good;
    }
  }

  /**
   * @param riders requests under way at the same time
   * @param atMost requests in all
   * @param time after which no request is sent any more
   */
  ClosedLoop(Generator generator, Wire wire, int riders, long atMost, Duration time) {
    this.generator = generator;
    this.wire = wire;
    this.riders = riders;
    this.atMost = atMost;
    this.forNanos = time.toNanos();
    this.routed = new BitSet(wire.questions());
  }

  /**
   * Starts; done when the last answer is in, or, without those that never come, when the time and
   * as much again is over.
   */
  CompletableFuture<Outcome> run() {
    generator.execute(
        () -> {
          startNanos = System.nanoTime();
          generator.after(2 * forNanos, this::giveUp);
          for (int i = 0; i < riders; i++) {
            ask();
          }
        });
    return result;
  }

  private void ask() {
    boolean over = sent >= atMost || System.nanoTime() - startNanos >= forNanos;
    Asked asked = new Asked((int) (sent % wire.questions()));
    Wire.Line line = over ? null : wire.ask(asked.question, asked);
    if (line != null) {
      sent++;
      asked.line = line;
      underWay.add(asked);
    } else if (underWay.isEmpty()) {
      finish();
    }
  }

  /** A request under way. */
  private final class Asked implements Wire.Answered {
    private final int question;
    private Wire.@Nullable Line line;

    private Asked(int question) {
      this.question = question;
    }

    @Override
    public void answered(int status, boolean right, long bytes, Remarks remarks) {
      underWay.remove(this);
      answered += status > 0 ? 1 : 0;
      if (Verdict.of(status, right, 0, 0) == Verdict.GOOD) {
        good++;
        goodBytes += bytes;
        routed.set(question);
      }
      if (!result.isDone()) {
        ask();
      }
    }

    private void hangUp() {
      if (line != null) {
        line.hangUp();
      }
    }
  }

  private void giveUp() {
    if (!result.isDone()) {
      underWay.forEach(Asked::hangUp);
      finish();
    }
  }

  private void finish() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    result.complete(new Outcome(answered, good, good / seconds, goodBytes, routed));
  }
}
