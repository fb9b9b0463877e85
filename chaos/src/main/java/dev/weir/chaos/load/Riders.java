package dev.weir.chaos.load;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.RideEndReason;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * People whose rides a server follows (TrackRide), on a few connections. They say where they are
 * every 200 ms, now and then off their way, so that further routes are asked for, and never arrive.
 * Thread-safe.
 */
public final class Riders implements AutoCloseable {

  private static final int CONNECTIONS = 4;
  private static final long EVERY_MILLIS = 200;
  private static final long END_SECONDS = 2;

  /** More would be refused, as each wants a route. */
  private static final int BEGIN_AT_ONCE = 4;

  /** How a ride ended. */
  public enum Ending {
    /** The server said why, and that was all. */
    WITH_A_REASON,
    /** The server ended it without a word. */
    WITHOUT_A_WORD,
    /** The server refused it or gave up on it, with the status that says why. */
    REFUSED,
    /** The connection ended. */
    CUT,
    /** It was said twice that it ended, or something was said after that. Must never be. */
    TWICE
  }

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<GetRouteRequest> trips = new ArrayList<>();
  private final Set<Rider> riding = ConcurrentHashMap.newKeySet();
  private final AtomicLong further = new AtomicLong();
  private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
  private final Map<RideEndReason, Integer> reasons = new EnumMap<>(RideEndReason.class);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("chaos-riders").daemon().unstarted(task));
  private volatile boolean silent;
  private volatile int kept;
  private int begun;

  /**
   * @param calls routes that the server knows, by gRPC
   */
  public Riders(InetSocketAddress server, List<Question> calls) {
    for (Question call : calls) {
      trips.add(trip(call));
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(NettyChannelBuilder.forAddress(server).usePlaintext().executor(clock).build());
    }
    var _ =
        clock.scheduleWithFixedDelay(
            this::drive, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static GetRouteRequest trip(Question call) {
    try {
      return GetRouteRequest.parseFrom(RawCall.bytes(call.target()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a question by gRPC", e);
    }
  }

  /** So many more rides begin, soon. */
  public void start(int count) {
    clock.execute(
        () -> {
          for (int i = 0; i < count; i++) {
            begin();
          }
        });
  }

  /** From now on others begin, a few at a time, while there are fewer rides than so many. */
  public void keep(int rides) {
    kept = rides;
  }

  private void begin() {
    Rider rider = new Rider(trips.get(begun % trips.size()), this);
    riding.add(rider);
    rider.start(RoutingServiceGrpc.newStub(channels.get(begun % CONNECTIONS)));
    begun++;
  }

  private void drive() {
    if (silent) {
      return;
    }
    riding.forEach(Rider::drive);
    for (int i = 0; i < BEGIN_AT_ONCE && riding.size() < kept; i++) {
      begin();
    }
  }

  /** From now on nobody says anything, and nobody hangs up. */
  public void fallSilent() {
    silent = true;
  }

  /** Rides that began and have not ended, whether they have a route or not. */
  public int open() {
    return riding.size();
  }

  /** Those of them that have a route. */
  public long followed() {
    return riding.stream().filter(Rider::routed).count();
  }

  /** Routes beyond the first one of each ride. */
  public long furtherRoutes() {
    return further.get();
  }

  /** Rides that ended so. */
  public synchronized int ended(Ending ending) {
    return endings.getOrDefault(ending, 0);
  }

  /** Rides that ended, however. */
  public synchronized int ended() {
    return endings.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Rides that ended for that reason. */
  public synchronized int endedFor(RideEndReason reason) {
    return reasons.getOrDefault(reason, 0);
  }

  void another() {
    further.incrementAndGet();
  }

  void ended(Rider rider, Ending ending, @Nullable RideEndReason reason) {
    synchronized (this) {
      endings.merge(ending, 1, Integer::sum);
      if (reason != null) {
        reasons.merge(reason, 1, Integer::sum);
      }
    }
    riding.remove(rider);
  }

  /** All connections end without a word. */
  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : channels) {
        var _ = channel.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clock.shutdownNow();
  }
}
