package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/** Takes the frames of a session to the streams they are for. Used on its event loop only. */
final class Frames extends Http2FrameAdapter {

  private static final int TABLE_BYTES = Http2CodecUtil.DEFAULT_HEADER_TABLE_SIZE;

  private final Http2Session session;

  Frames(Http2Session session) {
    this.session = session;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int id, Http2Headers fields, int padding, boolean last) {
    SessionStream known = session.known(id);
    if (known == null) {
      session.begin(id, fields, last);
    } else {
      // What follows the body is read over, as with HTTP/1.1.
      known.content(Unpooled.EMPTY_BUFFER, last);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int id,
      Http2Headers fields,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean last) {
    onHeadersRead(ctx, id, fields, padding, last);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int id, ByteBuf piece, int padding, boolean last) {
    int bytes = piece.readableBytes() + padding;
    SessionStream known = session.known(id);
    if (known != null) {
      known.content(piece, last);
    }
    return bytes;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int id, long errorCode) {
    SessionStream known = session.known(id);
    if (known != null) {
      known.closed();
    }
  }

  /** Whatever table the caller offers: what answers may fill is kept as small as it begins. */
  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    Long offered = settings.headerTableSize();
    if (offered != null && offered > TABLE_BYTES) {
      session.encoder().configuration().headersConfiguration().maxHeaderTableSize(TABLE_BYTES);
    }
  }
}
