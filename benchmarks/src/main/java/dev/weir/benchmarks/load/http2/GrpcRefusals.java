package dev.weir.benchmarks.load.http2;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.weir.benchmarks.load.Remarks;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads why calls failed, and when to come back. Servers say the same again and again: what was
 * read is kept, up to a bound. Used by one thread.
 */
public final class GrpcRefusals {
  private static final AsciiString DETAILS = AsciiString.cached("grpc-status-details-bin");
  private static final AsciiString PUSHBACK = AsciiString.cached("grpc-retry-pushback-ms");
  private static final int KEPT_AT_MOST = 1_000;

  private final Map<AsciiString, Remarks> known = new HashMap<>();

  /** What the trailers of a call that failed say. */
  public Remarks remarks(Http2Headers trailers) {
    CharSequence details = trailers.get(DETAILS);
    Remarks said = details == null ? Remarks.NONE : of(AsciiString.of(details));
    CharSequence pushback = trailers.get(PUSHBACK);
    int millis = pushback == null ? -1 : Numbers.of(pushback, -1);
    return millis < 0 || millis == said.retryAfterMillis()
        ? said
        : new Remarks(millis, said.reason(), "");
  }

  private Remarks of(AsciiString details) {
    Remarks before = known.get(details);
    if (before != null) {
      return before;
    }
    Remarks read = read(details);
    if (known.size() < KEPT_AT_MOST) {
      known.put(details, read);
    }
    return read;
  }

  private static Remarks read(CharSequence details) {
    String reason = "";
    long retryAfterMillis = -1;
    try {
      byte[] bytes = details.toString().getBytes(StandardCharsets.US_ASCII);
      for (Any detail : Status.parseFrom(Base64.getDecoder().decode(bytes)).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          reason = detail.unpack(ErrorInfo.class).getReason().toLowerCase(Locale.ROOT);
        } else if (detail.is(RetryInfo.class)) {
          retryAfterMillis = Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay());
        }
      }
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Remarks.NONE; // no details, as gRPC has it
    }
    return new Remarks(retryAfterMillis, reason, "");
  }
}
