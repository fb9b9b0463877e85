package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the bytes of a request's head before they are decoded, and refuses what servers are
 * known to read in different ways: line ends other than CR LF, continued header lines, control
 * characters (RFC 9112, 2.2 and 5.2). Each byte is looked at once, however it arrives. Not
 * thread-safe.
 */
final class HeadGuard implements ByteProcessor {

  private static final int DELETE = 0x7f;

  private State state = State.START;

  /** Bytes from the reader index on that were looked at and not yet decoded. */
  private int ahead;

  private enum State {
    /** Before the request line, where empty lines are skipped. */
    START,
    START_CR,
    REQUEST_LINE,
    HEADER_LINE,
    LINE_CR,
    LINE_START,
    END_CR,
    COMPLETE
  }

  /** Ready for the next head. */
  void reset() {
    state = State.START;
    ahead = 0;
  }

  /** Whether nothing of a head has arrived yet but empty lines. */
  boolean beforeHead() {
    return state == State.START || state == State.START_CR;
  }

  /** To be told how many bytes the decoder took. */
  void taken(int bytes) {
    ahead = Math.max(0, ahead - bytes);
  }

  /** Whether nothing is wrong with what has arrived of the head so far. */
  boolean accepts(ByteBuf in) {
    if (state == State.COMPLETE) {
      return true;
    }
    int from = in.readerIndex() + ahead;
    int last = in.forEachByte(from, in.writerIndex() - from, this);
    if (last >= 0 && state != State.COMPLETE) {
      return false;
    }
    int end = last < 0 ? in.writerIndex() : last + 1;
    ahead = end - in.readerIndex();
    return true;
  }

  /**
   * Goes on with the next byte unless something is wrong with this one, or the head is complete.
   */
  @Override
  public boolean process(byte b) {
    State next = next(state, b);
    if (next == null) {
      return false;
    }
    state = next;
    return next != State.COMPLETE;
  }

  private static @Nullable State next(State state, byte b) {
    return switch (state) {
      case START -> b == '\r' ? State.START_CR : isText(b) && b != ' ' ? State.REQUEST_LINE : null;
      case START_CR -> b == '\n' ? State.START : null;
      case REQUEST_LINE -> b == '\r' ? State.LINE_CR : isText(b) ? state : null;
      case HEADER_LINE -> b == '\r' ? State.LINE_CR : isText(b) || b == '\t' ? state : null;
      case LINE_CR -> b == '\n' ? State.LINE_START : null;
      case LINE_START ->
          b == '\r' ? State.END_CR : isText(b) && b != ' ' ? State.HEADER_LINE : null;
      case END_CR -> b == '\n' ? State.COMPLETE : null;
      case COMPLETE -> state;
    };
  }

  private static boolean isText(byte b) {
    return b < 0 || (b >= ' ' && b != DELETE);
  }
}
