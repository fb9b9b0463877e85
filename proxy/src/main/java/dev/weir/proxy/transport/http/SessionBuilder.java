package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Caller;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Settings;

/** Makes sessions, with Netty's codec in its strictest setting. Not thread-safe; made for one. */
final class SessionBuilder
    extends AbstractHttp2ConnectionHandlerBuilder<Http2Session, SessionBuilder> {

  private final SocketChannel channel;
  private final Shared shared;
  private final Caller caller;

  private SessionBuilder(SocketChannel channel, Shared shared, Caller caller) {
    this.channel = channel;
    this.shared = shared;
    this.caller = caller;
  }

  static Http2Session session(SocketChannel channel, Shared shared, Caller caller) {
    return new SessionBuilder(channel, shared, caller).make();
  }

  private Http2Session make() {
    int headBytes = shared.settings().maxRequestLineBytes() + shared.settings().maxHeaderBytes();
    return server(true)
        .initialSettings(
            new Http2Settings()
                .maxConcurrentStreams(shared.settings().maxConcurrentStreams())
                .maxHeaderListSize(headBytes))
        .validateHeaders(true)
        // What a caller says of the heads that it likes is advice. To follow it would be to compute
        // answers and reset them (CVE-2026-50560).
        .encoderIgnoreMaxHeaderListSize(true)
        // Resets are counted by FrameGuard, against the answers that a caller does wait for.
        .decoderEnforceMaxRstFramesPerWindow(0, 0)
        .decoupleCloseAndGoAway(true)
        .build();
  }

  @Override
  protected Http2Session build(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    Http2Session session = new Http2Session(channel, shared, caller, decoder, encoder, settings);
    frameListener(new Frames(session));
    return session;
  }
}
