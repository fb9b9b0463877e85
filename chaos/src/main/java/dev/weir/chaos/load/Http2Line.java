package dev.weir.chaos.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One stream of a connection after the other. Everything happens on the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class Http2Line implements Line {

  private final Traffic traffic;
  private final Channel connection;
  private @Nullable Ask ask;
  private @Nullable Hearing hearing;

  Http2Line(Traffic traffic, Channel connection) {
    this.traffic = traffic;
    this.connection = connection;
    connection.closeFuture().addListener(_ -> traffic.lost(this));
  }

  @Override
  public void send(Ask next, long deadlineMillis) {
    ask = next;
    Hearing begun = new Hearing(next);
    hearing = begun;
    Http2Headers head =
        new DefaultHttp2Headers()
            .method("GET")
            .scheme("http")
            .authority("weir")
            .path(next.question().target())
            .add("x-request-timeout-ms", Long.toString(deadlineMillis));
    new Http2StreamChannelBootstrap(connection)
        .handler(begun)
        .open()
        .addListener(done -> begun.opened(done, head));
  }

  @Override
  public @Nullable Ask ask() {
    return ask;
  }

  @Override
  public boolean usable() {
    return connection.isActive();
  }

  @Override
  public void hangUp() {
    Hearing last = hearing;
    ask = null;
    hearing = null;
    traffic.lost(this);
    if (last != null && last.stream != null) {
      last.stream.close(); // resets it
    }
  }

  /** Hears what becomes of one stream. */
  private final class Hearing extends ChannelInboundHandlerAdapter {
    private final Ask asked;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable Channel stream;
    private int status;

    Hearing(Ask asked) {
      this.asked = asked;
    }

    private void opened(Future<?> done, Http2Headers head) {
      if (!done.isSuccess()) {
        cut();
        return;
      }
      Channel made = (Channel) done.getNow();
      stream = made;
      if (hearing != this) {
        made.close();
        return;
      }
      made.writeAndFlush(new DefaultHttp2HeadersFrame(head, true))
          .addListener(
              sent -> {
                if (!sent.isSuccess()) {
                  made.close();
                }
              });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
      try {
        if (message instanceof Http2HeadersFrame frame) {
          begin(frame);
        } else if (message instanceof Http2DataFrame frame) {
          frame.content().readBytes(body, frame.content().readableBytes());
          if (frame.isEndStream()) {
            complete();
          }
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void begin(Http2HeadersFrame frame) {
      CharSequence code = frame.headers().status();
      if (code != null) {
        if (status != 0) {
          traffic.surplus();
        }
        status = Integer.parseInt(code.toString());
      }
      if (frame.isEndStream()) {
        complete();
      }
    }

    private void complete() {
      if (hearing != this) {
        return; // it was hung up
      }
      ask = null;
      hearing = null;
      boolean right = asked.question().answeredBy(body.toString(StandardCharsets.UTF_8));
      traffic.free(Http2Line.this);
      traffic.answered(asked, status, right);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      cut();
    }

    private void cut() {
      if (hearing == this) {
        ask = null;
        hearing = null;
        traffic.free(Http2Line.this);
        traffic.ended(asked, status == 200 ? Fate.TRUNCATED : Fate.CUT);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
