package dev.weir.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * How riders reach a server: the one thing that a new protocol has to implement. Questions are
 * encoded beforehand and named by their index. A rider is whatever of the protocol has one request
 * under way at a time, a connection or a stream.
 *
 * <p>{@link #ask} and {@link Line} are used on the generator's loop; the others block their caller.
 */
public interface Wire extends AutoCloseable {

  /** A request under way. */
  interface Line {
    /** The rider leaves: the server sees it go, and nobody is told of an answer any more. */
    void hangUp();
  }

  /** Learns, once, on the loop and not before {@link #ask} returned, what became of a request. */
  interface Answered {
    /**
     * @param status as of HTTP, 0 if there was no complete answer
     * @param right whether the answer holds what was asked for
     * @param bytes of the answer's body
     */
    void answered(int status, boolean right, long bytes, Remarks remarks);
  }

  /**
   * A rider who waits for nothing asks.
   *
   * @return null if all riders wait for answers
   */
  @Nullable Line ask(int question, Answered to);

  /** How many questions there are. */
  int questions();

  /** How many riders are connected at this moment. */
  int connected() throws InterruptedException;

  @Override
  void close() throws InterruptedException;
}
