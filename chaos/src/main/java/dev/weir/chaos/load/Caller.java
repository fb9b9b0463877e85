package dev.weir.chaos.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection: asks, waits, and asks again. At most one request is under way.
 * Everything happens on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class Caller extends ChannelInboundHandlerAdapter implements Line {

  private final Traffic traffic;
  private final Channel channel;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable Ask ask;
  private int status;
  private boolean keepAlive;

  Caller(Traffic traffic, Channel channel) {
    this.traffic = traffic;
    this.channel = channel;
  }

  @Override
  public void send(Ask next, long deadlineMillis) {
    ask = next;
    String head =
        "GET %s HTTP/1.1\r\nHost: weir\r\nX-Request-Timeout-Ms: %d\r\n\r\n"
            .formatted(next.question().target(), deadlineMillis);
    ByteBuf bytes = Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII);
    channel.pipeline().firstContext().writeAndFlush(bytes); // as it is, past the codec
  }

  @Override
  public @Nullable Ask ask() {
    return ask;
  }

  @Override
  public boolean usable() {
    return channel.isActive();
  }

  @Override
  public void hangUp() {
    ask = null;
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    try {
      if (message instanceof HttpResponse response) {
        begin(response);
      }
      if (message instanceof HttpContent content) {
        content.content().readBytes(body, content.content().readableBytes());
        if (content instanceof LastHttpContent) {
          complete();
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpResponse response) {
    if (ask == null) {
      traffic.surplus();
      channel.close();
      return;
    }
    status = response.decoderResult().isSuccess() ? response.status().code() : 0;
    keepAlive = HttpUtil.isKeepAlive(response);
    body.reset();
  }

  private void complete() {
    Ask answered = ask;
    if (answered == null) {
      return;
    }
    ask = null;
    boolean right = answered.question().answeredBy(body.toString(StandardCharsets.UTF_8));
    int code = status;
    status = 0;
    if (keepAlive) {
      traffic.free(this);
    } else {
      channel.close();
    }
    traffic.answered(answered, code, right);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Ask cut = ask;
    ask = null;
    traffic.lost(this);
    if (cut != null) {
      traffic.ended(cut, status == 200 ? Fate.TRUNCATED : Fate.CUT);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }
}
