package dev.weir.benchmarks.load.http2;

import com.google.protobuf.MessageLite;
import dev.weir.benchmarks.load.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * gRPC calls with one request and one or more responses. A right answer is one whose responses are
 * complete and have the first field of their messages, which in {@code weir.v1} is what was asked
 * for, a route or areas.
 */
public final class Grpc implements Dialect {
  private final List<Encoded> encoded;
  private final GrpcRefusals refusals = new GrpcRefusals();

  /** Head, and the message with its length before it. */
  private record Encoded(Http2Headers head, ByteBuf body) {}

  public Grpc(List<Rpc> calls) {
    encoded =
        calls.stream()
            .map(
                c -> new Encoded(head(c.method(), c.metadata()), Requests.kept(frame(c.request()))))
            .toList();
  }

  /**
   * The head of a call.
   *
   * @param metadata names in lower case and values, in turn
   */
  public static Http2Headers head(String method, List<String> metadata) {
    List<AsciiString> more = new ArrayList<>();
    for (String word : List.of("content-type", "application/grpc", "te", "trailers")) {
      more.add(AsciiString.of(word));
    }
    metadata.forEach(word -> more.add(AsciiString.of(word)));
    return ReadOnlyHttp2Headers.clientHeaders(
        false,
        AsciiString.of("POST"),
        AsciiString.of("/" + method),
        AsciiString.of("http"),
        AsciiString.of("127.0.0.1"),
        more.toArray(AsciiString[]::new));
  }

  /** A message as it is sent: not compressed, its length, itself. */
  public static byte[] frame(MessageLite message) {
    byte[] bytes = message.toByteArray();
    return ByteBuffer.allocate(GrpcMessages.PREFIX_BYTES + bytes.length)
        .put((byte) 0)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  @Override
  public int questions() {
    return encoded.size();
  }

  @Override
  public Http2Headers head(int index) {
    return encoded.get(index).head();
  }

  @Override
  public ByteBuf body(int index) {
    return encoded.get(index).body().retainedDuplicate();
  }

  @Override
  public Reading reading() {
    return new GrpcReading(refusals);
  }
}
