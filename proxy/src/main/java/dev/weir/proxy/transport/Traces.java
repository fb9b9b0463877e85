package dev.weir.proxy.transport;

import dev.weir.proxy.path.Trace;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Says what requests are called: as their callers say, where what they say is well-formed, and
 * otherwise by numbers that repeat nowhere. Thread-safe, and cheap enough for refusals: each thread
 * has dice of its own. Who sees some of the numbers may guess others; they open nothing.
 */
public final class Traces {

  /** Header, and metadata, of requests and of answers. */
  public static final String REQUEST_ID = "x-request-id";

  /** Header, and metadata, of requests. */
  public static final String TRACE_PARENT = "traceparent";

  /** A UUID has 36. */
  private static final int MOST_LETTERS = 64;

  private final SplittableRandom first;
  private final ThreadLocal<SplittableRandom> dice = ThreadLocal.withInitial(this::next);

  /**
   * @param first another one for each server, or else two of them use the same ids
   */
  public Traces(SplittableRandom first) {
    this.first = first;
  }

  private SplittableRandom next() {
    synchronized (first) {
      return first.split();
    }
  }

  /** For a request that says nothing, or nothing that can be read. */
  public Trace unnamed() {
    return of(null, null);
  }

  /**
   * @param requestId as sent
   * @param traceParent as sent; {@code null} also if there are several
   */
  public Trace of(@Nullable String requestId, @Nullable String traceParent) {
    SplittableRandom random = dice.get();
    String given = requestId != null && isId(requestId) ? requestId : null;
    TraceParent parent = traceParent == null ? null : TraceParent.of(traceParent);
    long high = parent == null ? random.nextLong() : parent.high();
    long low = parent == null ? some(random) : parent.low();
    return new Trace(given, high, low, some(random));
  }

  private static long some(SplittableRandom random) {
    long number = random.nextLong();
    return number == 0 ? 1 : number;
  }

  /** Whether it can stand in a header and in a line of a log without further ado. */
  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isLetter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MOST_LETTERS;
  }

  /** Those of UUIDs, of Base64, and of ids in parts. */
  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.:/+=~".indexOf(c) >= 0;
  }
}
