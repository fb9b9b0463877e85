package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.QuoteBook;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;
import dev.weir.proxy.transport.Gathering;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.Spread;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import dev.weir.proxy.transport.contract.Rules;
import dev.weir.proxy.transport.tls.Certificates;
import dev.weir.routing.RoutingEngine;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The port that callers use, GraphHopper's HTTP, and the contract's REST and Connect. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

  // A caller that takes no more than this of an answer is not given the next.
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(8 * 1024, 32 * 1024);
  private static final RecvByteBufAllocator READ_SIZES =
      new AdaptiveRecvByteBufAllocator(512, 2_048, 65_536).maxMessagesPerRead(4);
  private static final int ACCEPT_QUEUE = 4_096;

  private final HttpSettings settings;
  private final Shared shared;
  private final int threads;
  private final EventLoops loops;
  private final ConnectionLimit limit;
  private final @Nullable Security security;
  private final @Nullable Maps maps;
  private final AtomicBoolean drain = new AtomicBoolean();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile @Nullable Channel listener;

  /**
   * @param engine asked for what needs no computing: info, translations, and the reading of queries
   * @param rules for the fields of the contract's requests
   * @param quotes of rides
   * @param healthy what {@code /health} tells
   * @param load what answers tell of it
   * @param clock for the header {@code Date}
   * @param traces what requests are called
   * @param certificates of TLS, {@code null} for clear text
   * @param flood of the playground, {@code null} for none
   */
  public HttpServer(
      HttpSettings settings,
      Supplier<DeadlineSettings> deadlines,
      Application application,
      RoutingEngine engine,
      Rules rules,
      QuoteBook quotes,
      BooleanSupplier healthy,
      LoadReport load,
      TransportObserver observer,
      Ticker ticker,
      InstantSource clock,
      Traces traces,
      @Nullable Certificates certificates,
      @Nullable FloodSwitch flood) {
    this.settings = settings;
    this.security =
        certificates == null ? null : new Security(certificates, settings.offersHttp2());
    this.maps = settings.showsPlayground() ? new Maps(engine, load, flood) : null;
    HeldBytes held = new HeldBytes(settings.maxPendingAnswerBytes(), observer);
    Gathering gathering = new Gathering(ticker, LockSupport::parkNanos);
    HttpDate date = new HttpDate(clock, ticker);
    // Servers that are started one after the other do not spread their callers alike.
    Refusals refusals = new Refusals(new Spread(Long.hashCode(clock.millis())));
    RestRoutes routes = new RestRoutes(quotes);
    this.shared =
        new Shared(
            settings,
            new TimeLimit(deadlines),
            application,
            engine,
            rules,
            routes,
            new RpcMethods(routes.methods()),
            new Documents(engine),
            maps,
            healthy,
            observer,
            ticker,
            traces,
            new AnswerEncoder(refusals, new LoadLines(load), date, held),
            held,
            drain,
            gathering);
    this.limit = new ConnectionLimit(settings, observer, this::connectionClosed);
    this.threads = EventLoops.count(settings.eventLoops());
    this.loops = EventLoops.named("weir-http", threads, gathering);
  }

  /** Opens the port; blocks until it is open. */
  public void start() throws BindFailed {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .option(ChannelOption.SO_BACKLOG, ACCEPT_QUEUE)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, READ_SIZES)
            .handler(limit)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                });
    listener = loops.bind(bootstrap, settings.host(), settings.port(), "http");
  }

  private void accept(SocketChannel channel) {
    InetSocketAddress peer = channel.remoteAddress();
    String caller =
        peer == null || peer.getAddress() == null ? "unknown" : peer.getAddress().getHostAddress();
    StrictDecoder decoder = new StrictDecoder(settings);
    Connection connection = new Connection(channel, shared, decoder, caller);
    if (security != null) {
      channel.pipeline().addLast(security.handler(channel.alloc()));
    } else if (settings.offersHttp2()) {
      channel.pipeline().addLast(new PriorKnowledge(connection::becomeHttp2));
    }
    channel.pipeline().addLast(decoder, connection);
    connections.add(channel);
  }

  /** Runs the task on every thread that reads and writes, soon; returns how many there are. */
  public int onEachLoop(Runnable task) {
    return loops.onEach(task);
  }

  /** Threads that read and write. */
  public int eventLoops() {
    return threads;
  }

  /** The kernel interface in use, and who made its TLS. */
  public String kind() {
    return security == null ? loops.kind() : loops.kind() + ", TLS by " + security.kind();
  }

  /** The port it listens on, 0 if it does not. */
  public int port() {
    Channel open = listener;
    return open != null && open.localAddress() instanceof InetSocketAddress local
        ? local.getPort()
        : 0;
  }

  /**
   * Lets nobody in any more, closes idle connections, and the others after the answer they wait
   * for. Returns at once; {@link #drained} tells when it is done.
   */
  public void stopAccepting() {
    drain.set(true);
    Channel open = listener;
    if (open != null) {
      open.close().awaitUninterruptibly();
    }
    for (Channel channel : connections) {
      channel.pipeline().fireUserEventTriggered(Drain.NOW);
    }
    connectionClosed();
  }

  /** Completed when, after {@link #stopAccepting}, the last connection has ended. */
  public CompletableFuture<Void> drained() {
    return drained.copy();
  }

  private void connectionClosed() {
    if (drain.get() && limit.open() == 0) {
      drained.complete(null);
    }
  }

  /** Whether, after {@link #close}, a tile of the map is still being drawn. */
  public boolean draws() {
    return maps != null && maps.draws();
  }

  /** Ends everything, answered or not. */
  @Override
  public void close() {
    stopAccepting();
    connections.close().awaitUninterruptibly();
    loops.close();
    if (maps != null) {
      maps.close();
    }
    if (security != null) {
      security.close();
    }
  }
}
