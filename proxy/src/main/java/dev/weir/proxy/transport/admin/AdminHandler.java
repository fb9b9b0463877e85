package dev.weir.proxy.transport.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.CONFLICT;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.path.BreakerSwitch.Position;
import dev.weir.proxy.path.FaultSwitch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request of an operator. Used on the admin port's thread only. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed close leaves nothing to do
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
  private static final String BREAKER = "/breaker";
  private static final String CHAOS = "/chaos";
  private static final String RELOAD = "/config/reload";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PROTOBUF = "application/vnd.google.protobuf";
  private static final String MESSAGES =
      PROTOBUF + "; proto=io.prometheus.client.MetricFamily; encoding=delimited";

  private final AdminView view;
  private final AdminGuard guard;

  AdminHandler(AdminView view, AdminGuard guard) {
    this.view = view;
    this.guard = guard;
  }

  /** What is answered. */
  record Page(HttpResponseStatus status, String type, ByteBuf body) {
    Page(HttpResponseStatus status, String type, String text) {
      this(status, type, Unpooled.copiedBuffer(text, UTF_8));
    }

    static Page of(HttpResponseStatus status, String text) {
      return new Page(status, TEXT, text + "\n");
    }

    static Page of(HttpResponseStatus status) {
      return of(status, status.reasonPhrase());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Page page = request.decoderResult().isFailure() ? Page.of(BAD_REQUEST) : page(request);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, page.status(), page.body());
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, page.type());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    if (page.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, keepAlive);
    ctx.writeAndFlush(response)
        .addListener(
            keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
  }

  private Page page(FullHttpRequest request) {
    int query = request.uri().indexOf('?');
    String path = query < 0 ? request.uri() : request.uri().substring(0, query);
    if (path.equals(RELOAD)) {
      return reload(request);
    }
    if (path.startsWith(BREAKER + "/")) {
      return force(request, path.substring(BREAKER.length() + 1));
    }
    FaultSwitch faults = view.faults();
    if (faults != null && (path.equals(CHAOS) || path.startsWith(CHAOS + "/"))) {
      return new ChaosPages(faults, guard).page(request, path.substring(CHAOS.length()));
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return Page.of(METHOD_NOT_ALLOWED);
    }
    return switch (path) {
      case "/health/live" -> health(view.live());
      case "/health/ready" -> health(view.ready());
      default -> look(request, path);
    };
  }

  /** What is not for everybody who reaches the port. */
  private Page look(FullHttpRequest request, String path) {
    HttpResponseStatus refusal = guard.refusalToRead(request.headers());
    if (refusal != null) {
      return Page.of(refusal);
    }
    return switch (path) {
      case "/metrics" -> metrics(request.headers().get(HttpHeaderNames.ACCEPT, ""));
      case "/config" -> new Page(OK, TEXT, view.config());
      case BREAKER -> Page.of(OK, name(view.breaker().position()));
      default -> Page.of(NOT_FOUND);
    };
  }

  /** A scraper that wants native histograms asks for protobuf before anything else. */
  private Page metrics(String accept) {
    return accept.startsWith(PROTOBUF)
        ? new Page(OK, MESSAGES, Unpooled.wrappedBuffer(view.metricsInProtobuf()))
        : new Page(OK, PROMETHEUS, view.metrics());
  }

  private static Page health(boolean good) {
    return good ? Page.of(OK) : Page.of(SERVICE_UNAVAILABLE);
  }

  private Page force(FullHttpRequest request, String wish) {
    Position position = position(wish);
    if (position == null) {
      return Page.of(
          NOT_FOUND, "there is no such position; use closed, open, half-open, forced-open");
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return Page.of(METHOD_NOT_ALLOWED);
    }
    HttpResponseStatus refusal = guard.refusal(request.headers());
    if (refusal != null) {
      return Page.of(refusal);
    }
    view.breaker().force(position);
    LOG.info("an operator forced the breaker to {}", wish);
    return Page.of(OK, name(view.breaker().position()));
  }

  private Page reload(FullHttpRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      return Page.of(METHOD_NOT_ALLOWED);
    }
    HttpResponseStatus refusal = guard.refusal(request.headers());
    if (refusal != null) {
      return Page.of(refusal);
    }
    Reload reload = view.reload();
    return Page.of(
        switch (reload) {
          case Reload.Done _ -> OK;
          case Reload.Rejected _ -> BAD_REQUEST;
          case Reload.NeedsRestart _ -> CONFLICT;
        },
        String.join("\n", reload.lines()));
  }

  private static String name(Position position) {
    return switch (position) {
      case CLOSED -> "closed";
      case OPEN -> "open";
      case HALF_OPEN -> "half-open";
      case FORCED_OPEN -> "forced-open";
    };
  }

  private static @Nullable Position position(String name) {
    for (Position position : Position.values()) {
      if (name(position).equals(name)) {
        return position;
      }
    }
    return null;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("a request to the admin port failed: {}", cause.toString());
    }
    ctx.close();
  }
}
