package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.ClosedLoop;
import dev.weir.benchmarks.load.Remarks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How riders reach a server: the one thing that a new protocol has to implement. Questions are
 * encoded beforehand and named by their index. A rider is whatever of the protocol has one request
 * under way at a time, a connection or a stream.
 *
 * <p>{@link #ask} and {@link Line} are used on the generator's loop; the others block their caller.
 */
interface Wire extends AutoCloseable {

  /** A request under way. */
  interface Line {
    /** The rider leaves: the server sees it go, and nobody is told of an answer any more. */
    void hangUp();
  }

  /** Learns, once, on the loop, what became of a request. */
  interface Answered {
    /**
     * @param status as of HTTP, 0 if there was no complete answer
     * @param right whether the answer holds what was asked for
     */
    void answered(int status, boolean right, Remarks remarks);
  }

  /**
   * A rider who waits for nothing asks.
   *
   * @return null if all riders wait for answers
   */
  @Nullable Line ask(int question, Answered to);

  /** How many riders are connected at this moment. */
  int connected() throws InterruptedException;

  /** Few riders who wait for their answers, going through the questions in their order. */
  ClosedLoop.Outcome calm(long atMost, Duration time) throws InterruptedException;

  @Override
  void close() throws InterruptedException;
}
