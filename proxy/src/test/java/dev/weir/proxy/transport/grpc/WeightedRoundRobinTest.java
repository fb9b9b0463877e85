package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.TestSettings;
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.routing.Paths;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two servers, and a client that shares its calls out between them by gRPC's own {@code
 * weighted_round_robin} (gRFC A58), which divides the calls per second by the utilization of each.
 * The load that they report is what they were asked for over what they can do.
 */
final class WeightedRoundRobinTest {

  private static final int CALLS = 100;
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15Z"));
  private static final Location HERE = Location.newBuilder().setLatitude(1).build();
  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder().setProfile("car").setOrigin(HERE).setDestination(HERE).build();
  private static final Reply ANSWER =
      new Reply.Routed(
          new Paths(List.of(new Paths.Path(1, 1, null, null, List.of(), List.of())), 1));

  private final AtomicLong nanos = new AtomicLong();
  private final Instance one = new Instance(nanos);
  private final Instance other = new Instance(nanos);
  private final Both resolver = new Both();
  private @Nullable ManagedChannel channel;

  /** A server that can do so many calls a second. */
  private static final class Instance implements LoadReport {

    private final FakeApplication application = new FakeApplication();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger unreported = new AtomicInteger();
    private final GrpcServer server;
    private volatile int callsPerSecond = 100;
    private volatile int percent;

    Instance(AtomicLong nanos) {
      server =
          TestGrpc.server(
              TestSettings.grpc(true), application, new RecordingObserver(), nanos::get, NOW, this);
      application.answerWith(
          _ -> {
            calls.incrementAndGet();
            unreported.incrementAndGet();
            return ANSWER;
          });
    }

    void report() {
      percent = 100 * unreported.getAndSet(0) / callsPerSecond;
      server.sweep();
    }

    @Override
    public int loadPercent() {
      return percent;
    }

    @Override
    public Priority lowestAdmitted() {
      return Priority.BATCH;
    }

    void close() {
      server.close();
      application.close();
    }
  }

  /** Resolves the scheme {@code both}. */
  private final class Both extends NameResolverProvider {

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }

    @Override
    public String getDefaultScheme() {
      return "both";
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return "both".equals(target.getScheme()) ? new Resolver() : null;
    }
  }

  private final class Resolver extends NameResolver {

    @Override
    public String getServiceAuthority() {
      return "weir";
    }

    @Override
    public void start(Listener2 listener) {
      List<EquivalentAddressGroup> addresses =
          Stream.of(one, other)
              .map(
                  each ->
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), each.server.port()))
              .map(EquivalentAddressGroup::new)
              .toList();
      listener.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(addresses)).build());
    }

    @Override
    public void shutdown() {}
  }

  @BeforeEach
  void open() throws BindFailed {
    one.server.start();
    other.server.start();
    NameResolverRegistry.getDefaultRegistry().register(resolver);
  }

  @AfterEach
  void close() {
    NameResolverRegistry.getDefaultRegistry().deregister(resolver);
    if (channel != null) {
      channel.shutdownNow();
    }
    one.close();
    other.close();
  }

  /** Returns when calls go to both. */
  private ManagedChannel connect(boolean outOfBand) throws Exception {
    Map<String, ?> policy =
        Map.of(
            "blackoutPeriod",
            "0s",
            "weightUpdatePeriod",
            "0.1s",
            "enableOobLoadReport",
            outOfBand,
            "oobReportingPeriod",
            "1s");
    ManagedChannel opened =
        NettyChannelBuilder.forTarget("both:///weir")
            .usePlaintext()
            .defaultServiceConfig(
                Map.of("loadBalancingConfig", List.of(Map.of("weighted_round_robin", policy))))
            .build();
    channel = opened;
    Eventually.holds(
        "both are asked",
        () -> {
          ask(opened);
          return one.calls.get() > 0 && other.calls.get() > 0;
        });
    return opened;
  }

  private static void ask(ManagedChannel channel) {
    var _ =
        RoutingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .getRoute(ROUTE);
  }

  /** Calls of a hundred that come to the first server. */
  private int share(ManagedChannel channel) {
    one.calls.set(0);
    for (int i = 0; i < CALLS; i++) {
      ask(channel);
    }
    return one.calls.get();
  }

  private int shareAfterReports(ManagedChannel channel) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    one.report();
    other.report();
    return share(channel);
  }

  private static boolean fourFifths(int share) {
    return share >= 75 && share <= 85;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callsGoWhereThereIsRoomForThem(boolean outOfBand) throws Exception {
    ManagedChannel calls = connect(outOfBand);
    assertEquals(CALLS / 2.0, share(calls), 1, "without reports they take turns");

    other.callsPerSecond = one.callsPerSecond / 4;
    Eventually.holds(
        "the slow server gets a quarter of what the other one gets",
        () -> fourFifths(shareAfterReports(calls)));
    for (int i = 0; i < 3; i++) {
      int share = shareAfterReports(calls);
      assertTrue(fourFifths(share), () -> "of a hundred calls " + share);
    }

    other.callsPerSecond = one.callsPerSecond;
    one.callsPerSecond = other.callsPerSecond / 4;
    Eventually.holds(
        "it is the other way round", () -> fourFifths(CALLS - shareAfterReports(calls)));
  }

  @Test
  void aServerWithHardlyAnythingToDoIsNotTakenForOneThatSaysNothing() throws Exception {
    ManagedChannel calls = connect(false);
    one.callsPerSecond = 1_000_000;
    other.callsPerSecond = 100;

    Eventually.holds(
        "nearly all calls go where hardly any are", () -> shareAfterReports(calls) >= 90);
  }
}
