package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.QuoteBook;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.Spread;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.contract.FindNearest;
import dev.weir.proxy.transport.contract.GetIsochrone;
import dev.weir.proxy.transport.contract.GetMatrix;
import dev.weir.proxy.transport.contract.GetRoute;
import dev.weir.proxy.transport.contract.ListQuotes;
import dev.weir.proxy.transport.contract.QuoteRide;
import dev.weir.proxy.transport.contract.Rules;
import dev.weir.proxy.transport.contract.StreamRoutes;
import dev.weir.proxy.transport.tls.Certificates;
import dev.weir.v1.RideServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The port of the contract over gRPC. Thread-safe. */
public final class GrpcServer implements AutoCloseable {

  private static final int CLOSE_SECONDS = 5;

  // A connection that resets more calls than that is cut off: each costs us more than its caller.
  private static final int RESETS = 1_000;
  private static final int RESET_WINDOW_SECONDS = 10;

  private final GrpcSettings settings;
  private final EventLoopGroup loops;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Orca orca;
  private final Rides rides;
  private final OpenCalls calls;
  private final Ticker ticker;
  private final @Nullable Security security;
  private final Server server;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile int port;

  /**
   * @param rules for the fields of requests
   * @param quotes of rides
   * @param load what callers are told of it
   * @param clock seeds the times at which refused callers are told to come back
   * @param traces what calls are called
   * @param certificates of TLS, {@code null} for clear text
   */
  public GrpcServer(
      GrpcSettings settings,
      Supplier<DeadlineSettings> deadlines,
      Application application,
      Rules rules,
      QuoteBook quotes,
      LoadReport load,
      TransportObserver observer,
      Ticker ticker,
      InstantSource clock,
      Traces traces,
      @Nullable Certificates certificates) {
    this.settings = settings;
    this.ticker = ticker;
    this.orca = new Orca(load, ticker.nanos());
    this.rides = new Rides(settings.maxRides(), settings.rideSilence());
    this.calls = new OpenCalls(settings.readTimeout(), observer);
    this.security = certificates == null ? null : new Security(certificates);
    this.loops = loops(settings);
    GetRoute getRoute = new GetRoute();
    StreamRoutes streamRoutes = new StreamRoutes();
    GetIsochrone getIsochrone = new GetIsochrone();
    FindNearest findNearest = new FindNearest();
    Shared shared =
        new Shared(
            application,
            rules,
            new TimeLimit(deadlines),
            new Trailers(new Spread(Long.hashCode(clock.millis()))),
            new LoadTrailers(load, orca),
            new HeldBytes(settings.maxPendingAnswerBytes(), observer),
            observer,
            traces,
            new AfterReading(loops),
            ticker);
    ServerServiceDefinition routing =
        ServerServiceDefinition.builder(RoutingServiceGrpc.getServiceDescriptor())
            .addMethod(Calls.of(RoutingServiceGrpc.getGetRouteMethod(), getRoute, shared))
            .addMethod(Calls.of(RoutingServiceGrpc.getStreamRoutesMethod(), streamRoutes, shared))
            .addMethod(rides.method(RoutingServiceGrpc.getTrackRideMethod(), shared))
            .addMethod(Calls.of(RoutingServiceGrpc.getGetIsochroneMethod(), getIsochrone, shared))
            .addMethod(Calls.of(RoutingServiceGrpc.getGetMatrixMethod(), new GetMatrix(), shared))
            .addMethod(Calls.of(RoutingServiceGrpc.getFindNearestMethod(), findNearest, shared))
            .build();
    ServerServiceDefinition quoting =
        ServerServiceDefinition.builder(RideServiceGrpc.getServiceDescriptor())
            .addMethod(
                Calls.of(RideServiceGrpc.getQuoteRideMethod(), new QuoteRide(quotes), shared))
            .addMethod(
                Calls.of(RideServiceGrpc.getListQuotesMethod(), new ListQuotes(quotes), shared))
            .build();
    this.server = build(List.of(Legible.of(routing), Legible.of(quoting)), observer);
    welcome(true);
  }

  /** Says to whoever asks for its health whether calls are welcome; those that come are served. */
  public void welcome(boolean calls) {
    ServingStatus status = calls ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(RoutingServiceGrpc.SERVICE_NAME, status);
    health.setStatus(RideServiceGrpc.SERVICE_NAME, status);
  }

  private static EventLoopGroup loops(GrpcSettings settings) {
    ThreadFactory factory = new DefaultThreadFactory("weir-grpc", true);
    return new MultiThreadIoEventLoopGroup(
        EventLoops.count(settings.eventLoops()),
        factory,
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /** Everything of a call runs on the thread of its connection, but for what workers do. */
  private Server build(List<ServerServiceDefinition> services, TransportObserver observer) {
    ConnectionLimit limit = new ConnectionLimit(settings, observer);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelFactory(() -> listener(limit))
            .directExecutor()
            .maxConcurrentCallsPerConnection(settings.maxConcurrentStreams())
            .maxInboundMessageSize(settings.maxMessageBytes())
            .maxInboundMetadataSize(settings.maxMetadataBytes())
            .permitKeepAliveTime(settings.keepAliveMinimum().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
            .handshakeTimeout(settings.tls().handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(settings.maxConnectionIdle().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionAge(settings.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
            // Or whoever leaves its side of calls open that were refused is never idle.
            .maxConnectionAgeGrace(settings.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
            .addTransportFilter(new Subjects())
            .addStreamTracerFactory(calls)
            .addService(health.getHealthService())
            .addService(orca.service())
            .addServices(services);
    if (security != null) {
      security.addTo(builder);
    }
    if (settings.reflection()) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    return builder.build();
  }

  /** A port that lets in no more connections than there may be. */
  private static ServerChannel listener(ConnectionLimit limit) {
    ServerChannel channel =
        Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    channel.pipeline().addLast(limit);
    return channel;
  }

  /** Notes whose a connection is. */
  private static final class Subjects extends ServerTransportFilter {

    @Override
    public Attributes transportReady(Attributes attributes) {
      return Security.withSubject(attributes);
    }
  }

  /** Opens the port; blocks until it is open. */
  public void start() throws BindFailed {
    try {
      server.start();
      port = server.getPort();
    } catch (IOException e) {
      throw EventLoops.taken(settings.host(), settings.port(), "grpc", e);
    }
  }

  /** Runs the task on every thread that reads and writes, soon; returns how many there are. */
  public int onEachLoop(Runnable task) {
    int threads = 0;
    for (EventExecutor loop : loops) {
      loop.execute(task);
      threads++;
    }
    return threads;
  }

  /**
   * To be called every second or so: tells of the load, ends rides of which nothing is heard and
   * calls whose callers take too long.
   */
  public void sweep() {
    orca.sweep(ticker.nanos());
    rides.sweep(ticker.nanos());
    calls.sweep(ticker.nanos());
  }

  /** Rides that are followed. */
  public int rides() {
    return rides.count();
  }

  /** The port it listens on, 0 if it does not. */
  public int port() {
    return port;
  }

  /**
   * Lets nobody in any more, says so to whoever asks for its health, and tells callers to go; calls
   * that are under way go on. Returns at once.
   */
  public void stopAccepting() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    health.enterTerminalState();
    rides.drain();
    orca.drain();
    server.shutdown();
  }

  /** Whether, after {@link #stopAccepting}, all calls ended within that time. */
  public boolean awaitDrained(long millis) throws InterruptedException {
    return server.awaitTermination(millis, TimeUnit.MILLISECONDS);
  }

  /** Ends everything, answered or not. */
  @Override
  public void close() {
    stopAccepting();
    server.shutdownNow();
    loops
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    if (security != null) {
      security.close();
    }
  }
}
