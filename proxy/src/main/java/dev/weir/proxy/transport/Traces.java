package dev.weir.proxy.transport;

import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.Trace;
import java.util.SplittableRandom;
import java.util.function.Supplier;
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

  /** Header, and metadata, of requests; may come in several pieces. */
  public static final String TRACE_STATE = "tracestate";

  /** Header, and metadata, of answers to requests that are exported. */
  public static final String TRACE_RESPONSE = "traceresponse";

  /** As much as everybody has to pass on. */
  private static final int MOST_STATE_LETTERS = 512;

  /** A UUID has 36. */
  private static final int MOST_LETTERS = 64;

  private final SplittableRandom first;
  private final Supplier<TracingSettings> settings;
  private final boolean on;
  private final ThreadLocal<SplittableRandom> dice = ThreadLocal.withInitial(this::next);

  /**
   * None of them is exported.
   *
   * @param first another one for each server, or else two of them use the same ids
   */
  public Traces(SplittableRandom first) {
    this(first, TracingSettings::off);
  }

  /**
   * @param first another one for each server, or else two of them use the same ids
   * @param settings asked for each request which are exported; whether any are is asked once
   */
  public Traces(SplittableRandom first, Supplier<TracingSettings> settings) {
    this.first = first;
    this.settings = settings;
    this.on = settings.get().on();
  }

  private SplittableRandom next() {
    synchronized (first) {
      return first.split();
    }
  }

  /**
   * The time, where it is worth the while.
   *
   * @param otherwise the answer where none are exported
   */
  public long now(Ticker ticker, long otherwise) {
    return on ? ticker.nanos() : otherwise;
  }

  /** For a request that says nothing, or nothing that can be read. */
  public Trace unnamed() {
    return of(null, null, null);
  }

  /**
   * @param requestId as sent
   * @param traceParent as sent; {@code null} also if there are several
   * @param traceState as sent, in one piece
   */
  public Trace of(
      @Nullable String requestId, @Nullable String traceParent, @Nullable String traceState) {
    SplittableRandom random = dice.get();
    String given = requestId != null && isId(requestId) ? requestId : null;
    TraceParent parent = traceParent == null ? null : TraceParent.of(traceParent);
    if (parent == null) {
      long high = random.nextLong();
      long low = some(random);
      return new Trace(given, high, low, some(random), 0, on && isChosen(low), null);
    }
    boolean sampled = on && parent.sampled();
    String state = on && traceState != null && isState(traceState) ? traceState : null;
    return new Trace(
        given, parent.high(), parent.low(), some(random), parent.span(), sampled, state);
  }

  /** By its id, so that servers that are asked for the same come to the same decision. */
  private boolean isChosen(long low) {
    double part = settings.get().sample();
    return part > 0 && (low & Long.MAX_VALUE) <= (long) (part * Long.MAX_VALUE);
  }

  /** Whoever exports it looks closer. */
  private static boolean isState(String text) {
    return text.length() <= MOST_STATE_LETTERS
        && text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t');
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
