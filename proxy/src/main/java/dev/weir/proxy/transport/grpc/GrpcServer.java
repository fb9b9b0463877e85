package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.RetrySteps;
import dev.weir.proxy.transport.Spread;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.contract.FindNearest;
import dev.weir.proxy.transport.contract.GetIsochrone;
import dev.weir.proxy.transport.contract.GetRoute;
import dev.weir.proxy.transport.contract.Rules;
import dev.weir.proxy.transport.contract.StreamRoutes;
import dev.weir.proxy.transport.tls.Certificates;
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
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
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
  private final @Nullable Security security;
  private final Server server;
  private volatile int port;

  /**
   * In clear text.
   *
   * @param rules for the fields of requests
   * @param load what callers are told of it
   * @param clock seeds the times at which refused callers are told to come back
   */
  public GrpcServer(
      GrpcSettings settings,
      Supplier<DeadlineSettings> deadlines,
      Application application,
      Rules rules,
      LoadReport load,
      TransportObserver observer,
      Ticker ticker,
      InstantSource clock) {
    this(settings, deadlines, application, rules, load, observer, ticker, clock, null);
  }

  /**
   * The same with TLS.
   *
   * @param certificates {@code null} for clear text
   */
  public GrpcServer(
      GrpcSettings settings,
      Supplier<DeadlineSettings> deadlines,
      Application application,
      Rules rules,
      LoadReport load,
      TransportObserver observer,
      Ticker ticker,
      InstantSource clock,
      @Nullable Certificates certificates) {
    this.settings = settings;
    this.security = certificates == null ? null : new Security(certificates);
    GetRoute getRoute = new GetRoute();
    StreamRoutes streamRoutes = new StreamRoutes();
    GetIsochrone getIsochrone = new GetIsochrone();
    FindNearest findNearest = new FindNearest();
    Shared shared =
        new Shared(
            application,
            rules,
            new TimeLimit(deadlines),
            new Trailers(new RetrySteps(new Spread(Long.hashCode(clock.millis())))),
            new LoadTrailers(load),
            new HeldBytes(settings.maxPendingAnswerBytes(), observer),
            observer,
            ticker);
    this.loops = loops(settings);
    ServerServiceDefinition routing =
        ServerServiceDefinition.builder(RoutingServiceGrpc.getServiceDescriptor())
            .addMethod(Calls.of(RoutingServiceGrpc.getGetRouteMethod(), getRoute, shared))
            .addMethod(Calls.of(RoutingServiceGrpc.getStreamRoutesMethod(), streamRoutes, shared))
            .addMethod(Calls.of(RoutingServiceGrpc.getGetIsochroneMethod(), getIsochrone, shared))
            .addMethod(Calls.of(RoutingServiceGrpc.getFindNearestMethod(), findNearest, shared))
            .build();
    this.server = build(routing, observer);
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    health.setStatus(RoutingServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
  }

  private static EventLoopGroup loops(GrpcSettings settings) {
    int threads =
        settings.eventLoops() > 0
            ? settings.eventLoops()
            : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    ThreadFactory factory = new DefaultThreadFactory("weir-grpc", true);
    return new MultiThreadIoEventLoopGroup(
        threads,
        factory,
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /** Everything of a call runs on the thread of its connection, but for what workers do. */
  private Server build(ServerServiceDefinition routing, TransportObserver observer) {
    Class<? extends ServerChannel> channel =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelType(channel)
            .directExecutor()
            .maxConcurrentCallsPerConnection(settings.maxConcurrentStreams())
            .maxInboundMessageSize(settings.maxMessageBytes())
            .maxInboundMetadataSize(settings.maxMetadataBytes())
            .permitKeepAliveTime(settings.keepAliveMinimum().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
            .maxConnectionIdle(settings.maxConnectionIdle().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionAge(settings.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
            .addTransportFilter(new Connections(observer))
            .addService(health.getHealthService())
            .addService(routing);
    if (security != null) {
      security.addTo(builder);
    }
    if (settings.reflection()) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    return builder.build();
  }

  /** Counts connections, and notes whose they are. */
  private static final class Connections extends ServerTransportFilter {

    private final TransportObserver observer;

    Connections(TransportObserver observer) {
      this.observer = observer;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
      observer.connectionOpened();
      return Security.withSubject(attributes);
    }

    /**
     * @param attributes {@code null} if the connection never got as far as being counted
     */
    @Override
    public void transportTerminated(@Nullable Attributes attributes) {
      if (attributes != null) {
        observer.connectionClosed();
      }
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

  /** The port it listens on, 0 if it does not. */
  public int port() {
    return port;
  }

  /**
   * Lets nobody in any more, says so to whoever asks for its health, and tells callers to go; calls
   * that are under way go on. Returns at once.
   */
  public void stopAccepting() {
    health.enterTerminalState();
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
