package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.proxy.Traced;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of a connection. What is read of them, and what is told by heads alone, is the same whether
 * they arrive at once or one by one; after what is no request nothing is read. Limits of lengths
 * are out of reach: a line of exactly the longest length is refused only if its end comes later.
 */
public final class HttpFuzz {

  private static final HttpSettings SETTINGS = TestServer.Limits.GENEROUS.settings();
  private static final RestRoutes ROUTES =
      new RestRoutes(TestQuotes.at(InstantSource.fixed(Instant.EPOCH)));
  private static final RpcMethods METHODS = new RpcMethods(ROUTES.methods());
  private static final Caller CALLER = Caller.at("192.0.2.1");

  private final EmbeddedChannel channel = new EmbeddedChannel(new StrictDecoder(SETTINGS));
  private final List<String> read = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private boolean ended;

  private HttpFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    List<String> atOnce = new HttpFuzz().read(data, Math.max(1, data.length));
    List<String> oneByOne = new HttpFuzz().read(data, 1);
    if (!atOnce.equals(oneByOne)) {
      throw new IllegalStateException(atOnce + " at once, one by one " + oneByOne);
    }
  }

  private List<String> read(byte[] data, int piece) {
    try {
      for (int at = 0; at < data.length && !ended; at += piece) {
        channel.writeInbound(Unpooled.copiedBuffer(data, at, Math.min(piece, data.length - at)));
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
          try {
            take(next);
          } finally {
            ReferenceCountUtil.release(next);
          }
        }
      }
      return read;
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private void take(Object decoded) {
    if (ended) {
      return;
    }
    if (decoded instanceof HttpRequest request) {
      begin(request);
    }
    if (decoded instanceof HttpContent content && !ended) {
      if (content.decoderResult().isFailure()) {
        end("malformed body");
        return;
      }
      body.append(content.content().toString(ISO_8859_1));
    }
    if (decoded instanceof LastHttpContent last && !ended) {
      read.add(body + " " + last.trailingHeaders().entries());
      body.setLength(0);
    }
  }

  private void begin(HttpRequest request) {
    Canned violation = HeadCheck.violation(request);
    if (violation != null) {
      end("violation"); // which of several, depends on what has arrived
      return;
    }
    RequestHead head = RequestHead.of(request, ROUTES, METHODS, Traced.ANY, 0);
    Canned answer = HeadCheck.answer(request, head);
    Caller caller = Claims.of(request.headers(), head, CALLER);
    String limit = Claims.timeout(request.headers(), head);
    read.add(
        request.method()
            + " "
            + request.uri()
            + " "
            + request.headers().entries()
            + (answer == null ? "" : " " + answer.status())
            + (caller == null ? " nobody" : caller.equals(CALLER) ? "" : " " + caller)
            + (limit == null ? "" : " " + limit)
            + " "
            + head.resource()
            + " "
            + head.methodLabel());
  }

  private void end(String why) {
    ended = true;
    read.add(why);
  }
}
