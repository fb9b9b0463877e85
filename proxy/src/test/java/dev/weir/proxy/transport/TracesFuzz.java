package dev.weir.proxy.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.proxy.path.Trace;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request is called: its id in the first line, the header {@code traceparent} in the second.
 * Either is taken as it is, exactly if it is well-formed by a regular expression; what is made up
 * instead is well-formed, too, and means the same to whoever reads it next.
 */
public final class TracesFuzz {

  private static final Traces TRACES = new Traces(new SplittableRandom(1));
  private static final Pattern ID = Pattern.compile("[-A-Za-z0-9_.:/+=~]{1,64}");

  /** Version 255 is none, nor are zeros an id. */
  private static final Pattern PARENT =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?",
          Pattern.DOTALL);

  private TracesFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String[] lines = new String(data, ISO_8859_1).split("\n", 2);
    String parent = lines.length < 2 ? "" : lines[1];
    check(TRACES.of(lines[0], parent, null), lines[0], parent);
  }

  /** Holds a trace against the words that it was read from. */
  public static void check(Trace trace, String id, String parent) {
    String known = traceId(parent);
    boolean same =
        known == null ? !parent.contains(trace.traceId()) : known.equals(trace.traceId());
    if (!same || trace.requestId().equals(id) != ID.matcher(id).matches()) {
      throw new IllegalStateException(trace + " of " + id + " and " + parent);
    }
    String next = "00-" + trace.traceId() + "-" + trace.spanId() + "-01";
    Trace read = TRACES.of(trace.requestId(), next, null);
    if (!read.requestId().equals(trace.requestId()) || !read.traceId().equals(trace.traceId())) {
      throw new IllegalStateException(trace + " is read as " + read);
    }
  }

  /** The trace that a caller's goes on with; later versions may add to what there is now. */
  private static @Nullable String traceId(String parent) {
    Matcher parts = PARENT.matcher(parent);
    boolean known = parts.matches() && (parts.group(3) == null || !parts.group(1).equals("00"));
    return known ? parts.group(2) : null;
  }
}
