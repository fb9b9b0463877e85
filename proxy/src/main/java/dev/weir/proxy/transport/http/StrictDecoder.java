package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.HttpSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Step 2: Netty's decoder in its strictest setting, with {@link HeadGuard} before it for what that
 * setting still tolerates. Used on its event loop only.
 */
final class StrictDecoder extends HttpRequestDecoder {

  private static final int MAX_PIECE_BYTES = 65_536;

  private final HeadGuard guard = new HeadGuard();
  private boolean inHead;
  private boolean inBody;
  private boolean broken;

  StrictDecoder(HttpSettings settings) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(settings.maxRequestLineBytes())
            .setMaxHeaderSize(settings.maxHeaderBytes())
            .setMaxChunkSize(MAX_PIECE_BYTES)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false)
            .setValidateHeaders(true));
  }

  /** Whether a part of a head, and no more, has arrived. */
  boolean inHead() {
    return inHead;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (!inBody && in.isReadable()) {
      inHead = true;
      if (!guard.accepts(in)) {
        fail(in, out);
        return;
      }
    }
    int before = in.readerIndex();
    int already = out.size();
    super.decode(ctx, in, out);
    guard.taken(in.readerIndex() - before);
    for (int i = already; i < out.size(); i++) {
      note(out.get(i));
    }
    inHead = inHead && !guard.beforeHead();
  }

  private void note(Object decoded) {
    if (decoded instanceof HttpObject object && object.decoderResult().isFailure()) {
      broken = true;
    }
    if (decoded instanceof HttpRequest) {
      inHead = false;
      inBody = true;
    }
    if (decoded instanceof LastHttpContent) {
      inBody = false;
      guard.reset();
    }
  }

  private void fail(ByteBuf in, List<Object> out) {
    broken = true;
    inHead = false;
    in.skipBytes(in.readableBytes());
    HttpMessage invalid = createInvalidMessage();
    invalid.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("malformed head")));
    out.add(invalid);
  }
}
