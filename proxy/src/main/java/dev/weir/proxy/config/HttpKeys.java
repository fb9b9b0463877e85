package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys below {@code http}. */
final class HttpKeys {

  static final Key<Settings, String> HOST =
      key("host", Forms.host(), "127.0.0.1", "Address to listen on.", HttpSettings::host);

  static final Key<Settings, Integer> PORT =
      key(
          "port",
          Forms.whole(0, 65_535),
          8989,
          "Port for callers, GraphHopper's own by default; 0 takes any free one.",
          HttpSettings::port);

  static final Key<Settings, Integer> EVENT_LOOPS =
      key(
          "event-loops",
          Forms.whole(0, 1024),
          0,
          "Threads that read and write; 0 for one per two processors.",
          HttpSettings::eventLoops);

  static final Key<Settings, Integer> MAX_CONNECTIONS =
      key(
          "max-connections",
          Forms.whole(1, 1_000_000),
          12_000,
          "Connections in all; more are closed at once. Mind the limit on open files.",
          HttpSettings::maxConnections);

  static final Key<Settings, Integer> MAX_CONNECTIONS_PER_ADDRESS =
      key(
          "max-connections-per-address",
          Forms.whole(1, 1_000_000),
          12_000,
          "Connections from one peer address, of IPv6 from its first 64 bits. A load balancer is"
              + " one address; lower this only where callers connect directly.",
          HttpSettings::maxConnectionsPerAddress);

  static final Key<Settings, Integer> MAX_REQUEST_LINE =
      key(
          "max-request-line",
          Forms.size("16B", "1MiB"),
          8 << 10,
          "Longer request lines answer 414.",
          HttpSettings::maxRequestLineBytes);

  static final Key<Settings, Integer> MAX_HEADERS =
      key(
          "max-headers",
          Forms.size("16B", "1MiB"),
          16 << 10,
          "Longer request headers answer 431.",
          HttpSettings::maxHeaderBytes);

  static final Key<Settings, Integer> MAX_BODY =
      key(
          "max-body",
          Forms.size("1B", "1GiB"),
          1 << 20,
          "Longer bodies, as sent, answer 413.",
          HttpSettings::maxBodyBytes);

  static final Key<Settings, Integer> MAX_INFLATED =
      key(
          "max-inflated",
          Forms.size("1B", "1GiB"),
          8 << 20,
          "Compressed bodies that inflate to more answer 413.",
          HttpSettings::maxInflatedBytes);

  static final Key<Settings, Integer> MAX_PIPELINED =
      key(
          "max-pipelined",
          Forms.whole(1, 1024),
          16,
          "Requests of one connection that are read ahead of their answers.",
          HttpSettings::maxPipelined);

  static final Key<Settings, Integer> MAX_STREAMS =
      key(
          "max-concurrent-streams",
          Forms.whole(0, 1024),
          100,
          "Requests of one HTTP/2 connection at a time; 0 offers no HTTP/2.",
          HttpSettings::maxConcurrentStreams);

  static final Key<Settings, Long> MAX_PENDING_ANSWERS =
      key(
          "max-pending-answers",
          Forms.wideSize("1B", "1TiB"),
          128L << 20,
          "Answers not yet read by their callers, over all connections; beyond, calls are refused.",
          HttpSettings::maxPendingAnswerBytes);

  static final Key<Settings, Duration> HEADER_TIMEOUT =
      key(
          "header-timeout",
          Forms.duration("1ms", "1h"),
          Duration.ofSeconds(10),
          "From the first byte of a request to the end of its headers.",
          HttpSettings::headerTimeout);

  static final Key<Settings, Duration> BODY_TIMEOUT =
      key(
          "body-timeout",
          Forms.duration("1ms", "1h"),
          Duration.ofSeconds(20),
          "From the end of the headers to the end of the body.",
          HttpSettings::bodyTimeout);

  static final Key<Settings, Duration> READ_TIMEOUT =
      key(
          "read-timeout",
          Forms.duration("1ms", "1h"),
          Duration.ofSeconds(20),
          "A caller that reads nothing of its answer for so long is cut off.",
          HttpSettings::readTimeout);

  static final Key<Settings, Duration> IDLE_TIMEOUT =
      key(
          "idle-timeout",
          Forms.duration("1ms", "24h"),
          Duration.ofSeconds(60),
          "A connection without a request is closed after that.",
          HttpSettings::idleTimeout);

  static final Key<Settings, HttpSettings.Playground> PLAYGROUND =
      key(
          "playground",
          Forms.choice(HttpSettings.Playground.class),
          HttpSettings.Playground.LOOPBACK,
          "Whether /maps/ shows the map and lets people try requests on it: if host is loopback,"
              + " always, or never. See docs/operating.md.",
          HttpSettings::playground);

  private static final TlsKeys TLS = new TlsKeys("http", settings -> settings.http().tls());

  private static final List<Key<Settings, ?>> OWN =
      List.of(
          HOST,
          PORT,
          EVENT_LOOPS,
          MAX_CONNECTIONS,
          MAX_CONNECTIONS_PER_ADDRESS,
          MAX_REQUEST_LINE,
          MAX_HEADERS,
          MAX_BODY,
          MAX_INFLATED,
          MAX_PIPELINED,
          MAX_STREAMS,
          MAX_PENDING_ANSWERS,
          HEADER_TIMEOUT,
          BODY_TIMEOUT,
          READ_TIMEOUT,
          IDLE_TIMEOUT,
          PLAYGROUND);

  static final List<Key<Settings, ?>> ALL =
      Stream.of(OWN, TLS.all()).flatMap(List::stream).toList();

  private HttpKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<HttpSettings, T> of) {
    return new Key<>(
        "http." + name, form, standard, sentence, settings -> of.apply(settings.http()));
  }

  static HttpSettings make(Values values) {
    return new HttpSettings(
        values.get(HOST),
        values.get(PORT),
        values.get(EVENT_LOOPS),
        values.get(MAX_CONNECTIONS),
        values.get(MAX_CONNECTIONS_PER_ADDRESS),
        values.get(MAX_REQUEST_LINE),
        values.get(MAX_HEADERS),
        values.get(MAX_BODY),
        values.get(MAX_INFLATED),
        values.get(MAX_PIPELINED),
        values.get(MAX_STREAMS),
        values.get(MAX_PENDING_ANSWERS),
        values.get(HEADER_TIMEOUT),
        values.get(BODY_TIMEOUT),
        values.get(READ_TIMEOUT),
        values.get(IDLE_TIMEOUT),
        values.get(PLAYGROUND),
        TLS.make(values));
  }
}
