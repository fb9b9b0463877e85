package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.ConnectionPool;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/2 in clear text, begun as with a server that is known to speak it (h2c,
 * prior knowledge). Everything happens on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the stream or the connection
public final class Link extends Http2EventAdapter implements ConnectionPool.Link {
  /** Of a stream: answers do not wait for the generator to have read their first part. */
  private static final int WINDOW_BYTES = 1 << 20;

  private static final AsciiString PATH = Http2Headers.PseudoHeaderName.PATH.value();

  private final Channel channel;
  private final Events events;
  private final Http2ConnectionHandler handler;
  private final Http2Connection connection;
  private final Http2Connection.PropertyKey heard;
  private boolean ready;
  private boolean leaving;

  /** What becomes of a connection. */
  interface Events {
    /**
     * It can be used from now on.
     *
     * @param streams that the server allows at a time
     */
    void ready(Link link, long streams);

    /** It is closed. */
    void lost(Link link);
  }

  private Link(Channel channel, Events events) {
    this.channel = channel;
    this.events = events;
    this.handler =
        new Http2ConnectionHandlerBuilder()
            .server(false)
            .frameListener(this)
            .initialSettings(
                Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(WINDOW_BYTES))
            .validateHeaders(false)
            .headerSensitivityDetector(Link::comesOnce)
            .gracefulShutdownTimeoutMillis(0)
            .decoupleCloseAndGoAway(true)
            .build();
    this.connection = handler.connection();
    this.heard = connection.newKey();
    connection.addListener(this);
  }

  /** Makes a connection of a new channel. */
  static void begin(Channel channel, Events events) {
    Link link = new Link(channel, events);
    channel.pipeline().addLast(link.handler, link.new End());
  }

  /** Paths with queries are many: they would only drive other headers out of the tables. */
  private static boolean comesOnce(CharSequence name, CharSequence value) {
    return PATH.contentEquals(name) && AsciiString.indexOf(value, '?', 0) >= 0;
  }

  /** Whether it takes further streams. */
  public boolean usable() {
    return ready && !leaving && channel.isActive();
  }

  /**
   * Opens a stream. If that is not possible, {@code to} learns soon that the stream is over.
   *
   * @param body what is sent after the head; the stream's own reference
   * @param last whether nothing else will be sent
   * @return its number
   */
  public int open(Http2Headers head, @Nullable ByteBuf body, boolean last, Heard to) {
    int stream = connection.local().incrementAndGetNextStreamId();
    ChannelHandlerContext context = context();
    handler
        .encoder()
        .writeHeaders(context, stream, head, 0, last && body == null, channel.newPromise());
    Http2Stream opened = connection.stream(stream);
    if (opened == null) {
      leaving = true;
      ReferenceCountUtil.release(body);
      channel.eventLoop().execute(to::closed);
      channel.close();
      return stream;
    }
    opened.setProperty(heard, to);
    if (body != null) {
      handler.encoder().writeData(context, stream, body, 0, last, channel.newPromise());
    }
    handler.flush(context);
    return stream;
  }

  /** Sends more on a stream that is open. */
  public void send(int stream, ByteBuf data, boolean last) {
    handler.encoder().writeData(context(), stream, data, 0, last, channel.newPromise());
    handler.flush(context());
  }

  /** Leaves a stream: the server is told, whoever hears it is told that it is over. */
  public void leave(int stream) {
    handler.resetStream(context(), stream, Http2Error.CANCEL.code(), channel.newPromise());
    handler.flush(context());
  }

  @Override
  public void abandon() {
    leaving = true;
    channel.close();
  }

  private ChannelHandlerContext context() {
    return channel.pipeline().context(handler);
  }

  private @Nullable Heard heard(int stream) {
    Http2Stream open = connection.stream(stream);
    return open == null ? null : open.getProperty(heard);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
    if (ready) {
      return;
    }
    ready = true;
    Long streams = settings.maxConcurrentStreams();
    events.ready(this, streams == null ? Long.MAX_VALUE : streams);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last) {
    Heard to = heard(stream);
    if (to != null) {
      to.headers(headers, last);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean last) {
    onHeadersRead(context, stream, headers, padding, last);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
    int consumed = data.readableBytes() + padding;
    Heard to = heard(stream);
    if (to != null) {
      to.data(data, last);
    }
    return consumed;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
    Heard to = heard(stream);
    if (to != null) {
      to.reset(code);
    }
  }

  @Override
  public void onGoAwayRead(ChannelHandlerContext context, int last, long code, ByteBuf why) {
    leaving = true;
    closeWhenIdle();
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    Heard to = stream.removeProperty(heard);
    if (to != null) {
      to.closed();
    }
    closeWhenIdle();
  }

  private void closeWhenIdle() {
    if (leaving && connection.numActiveStreams() == 0) {
      channel.close();
    }
  }

  /** Behind the codec. */
  private final class End extends ChannelInboundHandlerAdapter {

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      leaving = true;
      events.lost(Link.this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
