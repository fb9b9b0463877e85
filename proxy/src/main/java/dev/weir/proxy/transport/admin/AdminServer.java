package dev.weir.proxy.transport.admin;

import dev.weir.proxy.config.AdminSettings;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;
import dev.weir.proxy.transport.admin.live.Feed;
import dev.weir.proxy.transport.admin.profile.Profiler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the operator: metrics, health, configuration, switches, and a page that shows what
 * happens. It has a thread of its own, so that it answers, slowly at worst, whatever callers do.
 * Thread-safe.
 */
public final class AdminServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int MAX_BODY_BYTES = 1_024;
  private static final int IDLE_SECONDS = 120;

  /** For an operator to take a piece of what was made for them. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  private final AdminSettings settings;
  private final AdminView view;
  private final Duration readTimeout;
  private final EventLoops loops = EventLoops.named("weir-admin", 1);
  private final Feed feed;
  private final Profiler profiler = new Profiler();
  private volatile @Nullable Channel listener;

  public AdminServer(AdminSettings settings, AdminView view, Ticker ticker, InstantSource clock) {
    this(settings, view, ticker, clock, READ_TIMEOUT);
  }

  AdminServer(
      AdminSettings settings,
      AdminView view,
      Ticker ticker,
      InstantSource clock,
      Duration readTimeout) {
    this.settings = settings;
    this.view = view;
    this.readTimeout = readTimeout;
    this.feed = new Feed(view.totals(), view::vitals, ticker, clock);
  }

  /** Opens the port; blocks until it is open. */
  public void start() throws BindFailed {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .handler(new FewConnections())
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                });
    Channel open = loops.bind(bootstrap, settings.host(), settings.port(), "admin");
    var _ = open.eventLoop().scheduleWithFixedDelay(feed::tick, 1, 1, TimeUnit.SECONDS);
    listener = open;
    LOG.info("admin port listening on {}:{}", settings.host(), port());
  }

  private void accept(SocketChannel channel) {
    boolean loopback = channel.localAddress().getAddress().isLoopbackAddress();
    channel
        .pipeline()
        .addLast(
            new ReadTimeoutHandler(IDLE_SECONDS, TimeUnit.SECONDS),
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_BODY_BYTES),
            new AdminHandler(
                view,
                new AdminGuard(settings.token(), loopback),
                feed,
                profiler,
                readTimeout.toMillis()));
  }

  /** The port it listens on, 0 if it does not. */
  public int port() {
    Channel open = listener;
    return open != null && open.localAddress() instanceof InetSocketAddress local
        ? local.getPort()
        : 0;
  }

  @Override
  public void close() {
    profiler.close();
    loops.close();
  }
}
