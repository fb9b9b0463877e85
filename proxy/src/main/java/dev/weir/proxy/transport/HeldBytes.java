package dev.weir.proxy.transport;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.TransportObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that slow callers may take over all connections: answers they have not read yet, and,
 * counted apart, bodies they are still sending. Thread-safe.
 */
public final class HeldBytes {

  /** What callers are told when there is no room for an answer. */
  public static final Refusal SLOW_READERS =
      new Refusal(Refusal.Reason.SLOW_READERS, Duration.ofSeconds(1));

  private final long max;
  private final TransportObserver observer;
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong bodies = new AtomicLong();

  public HeldBytes(long max, TransportObserver observer) {
    this.max = max;
    this.observer = observer;
  }

  /** Whether there is room for no further answer. */
  public boolean full() {
    return answers.get() >= max;
  }

  /** Takes the room for an answer, if there is any. */
  public boolean tryHoldAnswer(int bytes) {
    if (answers.addAndGet(bytes) > max) {
      answers.addAndGet(-bytes);
      return false;
    }
    observer.pendingAnswerBytes(bytes);
    return true;
  }

  /** Gives the room of an answer back. */
  public void releaseAnswer(int bytes) {
    answers.addAndGet(-bytes);
    observer.pendingAnswerBytes(-bytes);
  }

  /** Takes the room for a piece of a request's body, if there is any. */
  public boolean tryHoldBody(int bytes) {
    if (bodies.addAndGet(bytes) > max) {
      bodies.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Gives the room of a piece of a body back. */
  public void releaseBody(int bytes) {
    bodies.addAndGet(-bytes);
  }
}
