package dev.weir.proxy.path;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What one request is called: by an id of its own, in answers and in the log, and as a span of the
 * trace that it belongs to, as in W3C Trace Context [1]. Immutable.
 *
 * <p>[1] <a href="https://www.w3.org/TR/trace-context-1/">w3.org/TR/trace-context-1</a>
 *
 * @param given the id that the caller chose, in letters that do no harm anywhere; {@code null} if
 *     it chose none
 * @param high first half of the id of the trace
 * @param low second half; not both are 0
 * @param span what this server does for the request; not 0
 * @param parent the span of the caller that it belongs to; 0 if there is none
 * @param sampled it is to be exported, which was decided before anything else about it
 * @param state {@code tracestate} as sent by the caller, not looked at; {@code null} if there is
 *     none, or nobody is going to look
 */
public record Trace(
    @Nullable String given,
    long high,
    long low,
    long span,
    long parent,
    boolean sampled,
    @Nullable String state) {

  private static final HexFormat HEX = HexFormat.of();

  public Trace {
    if (span == 0 || (high | low) == 0) {
      throw new IllegalArgumentException("an id of zeros is none");
    }
  }

  /** One that begins here and is not exported. */
  public Trace(@Nullable String given, long high, long low, long span) {
    this(given, high, low, span, 0, false, null);
  }

  /** The caller's own id, or else 16 hexadecimal digits. */
  public String requestId() {
    return given == null ? spanId() : given;
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /** 16 hexadecimal digits. */
  public String spanId() {
    return HEX.toHexDigits(span);
  }

  /** The value of the header {@code traceresponse}: where the caller finds what is exported. */
  public String response() {
    return "00-" + traceId() + "-" + spanId() + (sampled ? "-01" : "-00");
  }
}
