package dev.weir.proxy.transport.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import dev.weir.proxy.config.Adjustment;
import dev.weir.proxy.path.Exposition;
import dev.weir.proxy.path.FaultSwitch;
import dev.weir.proxy.transport.admin.live.Feed;
import dev.weir.proxy.transport.admin.live.Json;
import dev.weir.proxy.transport.admin.profile.Profiler;
import dev.weir.proxy.transport.admin.profile.Profiler.Made;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request of an operator. Used on the admin port's thread only. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed close leaves nothing to do
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
  private static final String CHAOS = "/chaos";
  private static final String LOG_LEVELS = "/log";
  private static final String LIVE = "/live";
  private static final String JSON = "application/json";

  private final AdminView view;
  private final AdminGuard guard;
  private final Feed feed;
  private final Profiler profiler;
  private final long readMillis;

  /** The connection is at the service of an answer that takes time, and of no other request. */
  private boolean taken;

  /**
   * @param readMillis for a caller to take a piece of what was made
   */
  AdminHandler(AdminView view, AdminGuard guard, Feed feed, Profiler profiler, long readMillis) {
    this.view = view;
    this.guard = guard;
    this.feed = feed;
    this.profiler = profiler;
    this.readMillis = readMillis;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (taken) {
      ctx.close();
    } else if (request.decoderResult().isFailure()) {
      answer(ctx, request, Page.of(BAD_REQUEST));
    } else {
      int query = request.uri().indexOf('?');
      answer(ctx, request, query < 0 ? request.uri() : request.uri().substring(0, query));
    }
  }

  private void answer(ChannelHandlerContext ctx, FullHttpRequest request, String path) {
    if (path.startsWith(Profiles.PREFIX)) {
      switch (new Profiles(profiler, guard).answer(request, path)) {
        case Profiles.Answer.Now(Page page) -> answer(ctx, request, page);
        case Profiles.Answer.Later later -> await(ctx, later);
      }
      return;
    }
    Page page = page(request, path);
    if (page == null) {
      listen(ctx);
    } else {
      answer(ctx, request, page);
    }
  }

  private static void answer(ChannelHandlerContext ctx, FullHttpRequest request, Page page) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, page.status(), Unpooled.wrappedBuffer(page.bytes()));
    dress(response.headers(), page.type());
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

  /** Browsers are to load nothing from elsewhere, guess no types, and show it in no frame. */
  private static void dress(HttpHeaders headers, String type) {
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set(
        HttpHeaderNames.CONTENT_SECURITY_POLICY,
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-resource-policy", "same-origin");
  }

  /** {@code null} for what happens, which has no end. */
  private @Nullable Page page(FullHttpRequest request, String path) {
    Page command = new Commands(view, guard).page(request, path);
    if (command != null) {
      return command;
    }
    if (path.equals(LOG_LEVELS)) {
      return new LogPages(view.log(), guard).page(request);
    }
    FaultSwitch faults = view.faults();
    if (faults != null && (path.equals(CHAOS) || path.startsWith(CHAOS + "/"))) {
      return new ChaosPages(faults, guard).page(request, path.substring(CHAOS.length()));
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return Page.of(METHOD_NOT_ALLOWED);
    }
    Page asset = Assets.at(path);
    if (asset != null) {
      return asset;
    }
    return switch (path) {
      case "/health/live" -> health(view.live());
      case "/health/ready" -> health(view.ready());
      default -> look(request, path);
    };
  }

  /** What is not for everybody who reaches the port. */
  private @Nullable Page look(FullHttpRequest request, String path) {
    HttpResponseStatus refusal = guard.refusalToRead(request.headers());
    if (refusal != null) {
      return Page.of(refusal);
    }
    return switch (path) {
      case LIVE ->
          feed.hasRoom()
              ? null
              : Page.of(SERVICE_UNAVAILABLE, "there are " + Feed.MOST_LISTENERS + " listeners");
      case "/metrics" -> metrics(request);
      case "/config" -> new Page(OK, Page.TEXT, view.config());
      case "/config/adjustable" -> new Page(OK, JSON, adjustable(view.adjustable()));
      case Commands.BREAKER -> Page.of(OK, Commands.name(view.breaker().position()));
      case Commands.DRAIN -> Page.of(OK, Commands.drained(view));
      default -> Page.of(NOT_FOUND);
    };
  }

  private Page metrics(FullHttpRequest request) {
    String accept = String.join(",", request.headers().getAll(HttpHeaderNames.ACCEPT));
    Exposition all = view.metrics(accept);
    return new Page(OK, all.type(), all.bytes());
  }

  private static String adjustable(List<Adjustment.Entry> entries) {
    return Json.of(
        json -> {
          json.writeStartArray();
          for (Adjustment.Entry entry : entries) {
            json.writeStartObject();
            json.writeStringField("key", entry.key());
            json.writeStringField("value", entry.value());
            json.writeStringField("allowed", entry.allowed());
            json.writeStringField("sentence", entry.sentence());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static Page health(boolean good) {
    return good ? Page.of(OK) : Page.of(SERVICE_UNAVAILABLE);
  }

  private void listen(ChannelHandlerContext ctx) {
    take(ctx);
    ctx.writeAndFlush(head("text/event-stream"));
    feed.add(ctx.channel());
  }

  private void await(ChannelHandlerContext ctx, Profiles.Answer.Later later) {
    take(ctx);
    // below what cuts the answer into pieces, each of which has to be taken in time
    ctx.pipeline()
        .addBefore(ctx.name(), null, new WriteTimeoutHandler(readMillis, TimeUnit.MILLISECONDS))
        .addBefore(ctx.name(), null, new ChunkedWriteHandler());
    CompletableFuture<Made> made = later.made();
    ctx.channel().closeFuture().addListener(_ -> made.cancel(false));
    var _ =
        made.whenComplete(
            (result, fault) -> ctx.executor().execute(() -> deliver(ctx, later, result, fault)));
  }

  private void deliver(
      ChannelHandlerContext ctx,
      Profiles.Answer.Later later,
      @Nullable Made made,
      @Nullable Throwable fault) {
    if (made == null) {
      if (!later.made().isCancelled()) {
        LOG.warn("{} could not be made: {}", later.name(), String.valueOf(fault));
      }
      FullHttpResponse failed =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, INTERNAL_SERVER_ERROR);
      dress(failed.headers(), Page.TEXT);
      HttpUtil.setContentLength(failed, 0);
      ctx.writeAndFlush(failed).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ctx.channel().closeFuture().addListener(_ -> made.close());
    if (!ctx.channel().isActive()) {
      return;
    }
    try {
      HttpResponse head = head(later.type());
      head.headers()
          .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + later.name());
      ctx.write(head);
      ctx.writeAndFlush(new HttpChunkedInput(new ChunkedNioFile(made.file())))
          .addListener(ChannelFutureListener.CLOSE);
    } catch (IOException e) {
      LOG.warn("{} could not be read: {}", later.name(), e.toString());
      ctx.close();
    }
  }

  /** Whoever waits or listens has nothing to send. */
  private void take(ChannelHandlerContext ctx) {
    taken = true;
    ctx.pipeline().remove(ReadTimeoutHandler.class);
  }

  /** Of an answer in chunks, after which the connection is closed. */
  private static HttpResponse head(String type) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, OK);
    dress(head.headers(), type);
    HttpUtil.setTransferEncodingChunked(head, true);
    HttpUtil.setKeepAlive(head, false);
    return head;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("a request to the admin port failed: {}", cause.toString());
    }
    ctx.close();
  }
}
