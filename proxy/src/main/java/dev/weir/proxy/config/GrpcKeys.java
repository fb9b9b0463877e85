package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys below {@code grpc}. */
final class GrpcKeys {

  static final Key<Settings, Boolean> ENABLED =
      key(
          "enabled",
          Forms.flag(),
          true,
          "Serve the contract weir.v1 over gRPC.",
          GrpcSettings::enabled);

  static final Key<Settings, String> HOST =
      key("host", Forms.host(), "127.0.0.1", "Address to listen on.", GrpcSettings::host);

  static final Key<Settings, Integer> PORT =
      key(
          "port",
          Forms.whole(0, 65_535),
          9989,
          "Port for callers by gRPC; 0 takes any free one.",
          GrpcSettings::port);

  static final Key<Settings, Integer> EVENT_LOOPS =
      key(
          "event-loops",
          Forms.whole(0, 1024),
          0,
          "Threads that read and write; 0 for one per two processors.",
          GrpcSettings::eventLoops);

  static final Key<Settings, Integer> MAX_CONNECTIONS =
      key(
          "max-connections",
          Forms.whole(1, 1_000_000),
          12_000,
          "Connections in all; more are closed at once. Mind the limit on open files.",
          GrpcSettings::maxConnections);

  static final Key<Settings, Integer> MAX_CONNECTIONS_PER_ADDRESS =
      key(
          "max-connections-per-address",
          Forms.whole(1, 1_000_000),
          12_000,
          "Connections from one peer address, of IPv6 from its first 64 bits; lower this only where"
              + " callers connect directly.",
          GrpcSettings::maxConnectionsPerAddress);

  static final Key<Settings, Integer> MAX_CONCURRENT_STREAMS =
      key(
          "max-concurrent-streams",
          Forms.whole(1, 1_000_000),
          1_000,
          "Calls that one connection may have under way; clients wait with more.",
          GrpcSettings::maxConcurrentStreams);

  static final Key<Settings, Integer> MAX_MESSAGE =
      key(
          "max-message",
          Forms.size("64B", "64MiB"),
          64 << 10,
          "Longer requests end with RESOURCE_EXHAUSTED.",
          GrpcSettings::maxMessageBytes);

  static final Key<Settings, Integer> MAX_METADATA =
      key(
          "max-metadata",
          Forms.size("256B", "1MiB"),
          8 << 10,
          "Calls with more metadata are refused.",
          GrpcSettings::maxMetadataBytes);

  static final Key<Settings, Long> MAX_PENDING_ANSWERS =
      key(
          "max-pending-answers",
          Forms.wideSize("1B", "1TiB"),
          128L << 20,
          "Responses not yet read by their callers, over all connections; beyond, calls are"
              + " refused.",
          GrpcSettings::maxPendingAnswerBytes);

  static final Key<Settings, Duration> READ_TIMEOUT =
      key(
          "read-timeout",
          Forms.duration("1ms", "1h"),
          Duration.ofSeconds(20),
          "A call is cut off so long after its deadline, or after the end of a ride, if its caller"
              + " has not sent all of its request or not read all of the answer.",
          GrpcSettings::readTimeout);

  static final Key<Settings, Duration> KEEP_ALIVE_MINIMUM =
      key(
          "keep-alive-minimum",
          Forms.duration("1ms", "1h"),
          Duration.ofSeconds(10),
          "Connections that ping more often are closed.",
          GrpcSettings::keepAliveMinimum);

  static final Key<Settings, Duration> MAX_CONNECTION_IDLE =
      key(
          "max-connection-idle",
          Forms.duration("1ms", "24h"),
          Duration.ofMinutes(5),
          "A connection without a call is closed after that.",
          GrpcSettings::maxConnectionIdle);

  static final Key<Settings, Duration> MAX_CONNECTION_AGE =
      key(
          "max-connection-age",
          Forms.duration("1s", "24h"),
          Duration.ofHours(1),
          "A connection is told to go after that, so that callers spread over new servers; after"
              + " twice that it is closed.",
          GrpcSettings::maxConnectionAge);

  static final Key<Settings, Integer> MAX_RIDES =
      key(
          "max-rides",
          Forms.whole(0, 1_000_000),
          20_000,
          "Rides that are followed at a time (TrackRide); more are refused.",
          GrpcSettings::maxRides);

  static final Key<Settings, Duration> RIDE_SILENCE =
      key(
          "ride-silence",
          Forms.duration("1s", "24h"),
          Duration.ofSeconds(60),
          "A ride of which no position came for so long ends.",
          GrpcSettings::rideSilence);

  static final Key<Settings, Boolean> REFLECTION =
      key(
          "reflection",
          Forms.flag(),
          false,
          "Tell whoever asks what services and messages there are, for tools like grpcurl.",
          GrpcSettings::reflection);

  private static final TlsKeys TLS = new TlsKeys("grpc", settings -> settings.grpc().tls());

  private static final List<Key<Settings, ?>> OWN =
      List.of(
          ENABLED,
          HOST,
          PORT,
          EVENT_LOOPS,
          MAX_CONNECTIONS,
          MAX_CONNECTIONS_PER_ADDRESS,
          MAX_CONCURRENT_STREAMS,
          MAX_MESSAGE,
          MAX_METADATA,
          MAX_PENDING_ANSWERS,
          READ_TIMEOUT,
          KEEP_ALIVE_MINIMUM,
          MAX_CONNECTION_IDLE,
          MAX_CONNECTION_AGE,
          MAX_RIDES,
          RIDE_SILENCE,
          REFLECTION);

  static final List<Key<Settings, ?>> ALL =
      Stream.of(OWN, TLS.all()).flatMap(List::stream).toList();

  private GrpcKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<GrpcSettings, T> of) {
    return new Key<>(
        "grpc." + name, form, standard, sentence, settings -> of.apply(settings.grpc()));
  }

  static GrpcSettings make(Values values) {
    return new GrpcSettings(
        values.get(ENABLED),
        values.get(HOST),
        values.get(PORT),
        values.get(EVENT_LOOPS),
        values.get(MAX_CONNECTIONS),
        values.get(MAX_CONNECTIONS_PER_ADDRESS),
        values.get(MAX_CONCURRENT_STREAMS),
        values.get(MAX_MESSAGE),
        values.get(MAX_METADATA),
        values.get(MAX_PENDING_ANSWERS),
        values.get(READ_TIMEOUT),
        values.get(KEEP_ALIVE_MINIMUM),
        values.get(MAX_CONNECTION_IDLE),
        values.get(MAX_CONNECTION_AGE),
        values.get(MAX_RIDES),
        values.get(RIDE_SILENCE),
        values.get(REFLECTION),
        TLS.make(values));
  }
}
