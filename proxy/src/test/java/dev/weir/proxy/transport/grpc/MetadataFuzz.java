package dev.weir.proxy.transport.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.TracesFuzz;
import io.grpc.Attributes;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of a call, as gRPC hands it over: in each line a name, a colon and a value. Of names
 * that are there twice the last counts, but for {@code traceparent}, which then is none. What is
 * read of a caller is what it said, and whoever prints it tells no secret.
 */
public final class MetadataFuzz {

  private static final Traces TRACES = new Traces(new SplittableRandom(1));
  private static final String ADDRESS = "192.0.2.1";
  private static final Pattern PRIORITIES = Pattern.compile("(?i)critical|default|sheddable|batch");
  private static final Pattern BEARER = Pattern.compile("(?i)bearer (.*)", Pattern.DOTALL);
  private static final int LONGEST_USER = 128;

  /** As they are sent: a name, its value, the next name. */
  private final List<byte[]> sent = new ArrayList<>();

  private MetadataFuzz(byte[] data) {
    for (String line : new String(data, ISO_8859_1).split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        sent.add(line.substring(0, colon).getBytes(ISO_8859_1));
        sent.add(line.substring(colon + 1).getBytes(ISO_8859_1));
      }
    }
  }

  public static void fuzzerTestOneInput(byte[] data) {
    MetadataFuzz input = new MetadataFuzz(data);
    Metadata metadata = InternalMetadata.newMetadata(input.sent.toArray(new byte[0][]));
    input.named(metadata);
    input.asks(metadata);
  }

  private List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < sent.size(); i += 2) {
      if (new String(sent.get(i), ISO_8859_1).equals(name)) {
        values.add(new String(sent.get(i + 1), US_ASCII));
      }
    }
    return values;
  }

  private @Nullable String last(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.getLast();
  }

  private void named(Metadata metadata) {
    List<String> parents = all(Traces.TRACE_PARENT);
    TracesFuzz.check(
        CallHead.trace(metadata, TRACES),
        Objects.requireNonNullElse(last(Traces.REQUEST_ID), ""),
        parents.size() == 1 ? parents.getFirst() : "");
  }

  private void asks(Metadata metadata) {
    Arrival arrival = new Arrival(CallHead.trace(metadata, TRACES), ADDRESS, 0);
    Caller read = CallHead.caller(metadata, arrival, Attributes.EMPTY);
    Caller said = said();
    if (!Objects.equals(read, said)) {
      throw new IllegalStateException(read + " of who says to be " + said);
    }
    if (said != null) {
      Caller nameless = new Caller(ADDRESS, null, said.claimed(), null, false);
      if (!said.toString().equals(nameless.toString())) {
        throw new IllegalStateException("tells more than " + nameless);
      }
    }
  }

  private @Nullable Caller said() {
    String claim = last("x-weir-priority");
    if (claim != null && !PRIORITIES.matcher(claim).matches()) {
      return null;
    }
    Priority claimed = claim == null ? null : Priority.valueOf(claim.toUpperCase(Locale.ROOT));
    String user = last("x-weir-user");
    String accept = last("x-weir-accept");
    return new Caller(
        ADDRESS,
        credential(),
        claimed,
        user == null ? null : user.substring(0, Math.min(user.length(), LONGEST_USER)),
        accept != null && accept.toLowerCase(Locale.ROOT).equals("estimate"));
  }

  private @Nullable String credential() {
    String key = last("x-api-key");
    if (key != null) {
      return key;
    }
    String authorization = last("authorization");
    Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
    return bearer.matches() ? bearer.group(1).strip() : null;
  }
}
