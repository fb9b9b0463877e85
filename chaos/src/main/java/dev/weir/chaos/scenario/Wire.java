package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Frames;
import dev.weir.chaos.load.Question;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What those who speak gRPC byte by byte have in common. */
final class Wire {

  static final List<String> GET_ROUTE = Frames.callHead("/weir.v1.RoutingService/GetRoute");

  /** Settings of a server that waits for nobody. */
  static final String HASTY =
      """
      grpc:
        read-timeout: 1s
        max-connection-idle: 1s
        max-connection-age: 5s
        tls: {handshake-timeout: 3s}
      deadline: {standard: 1s}
      """;

  /** The same for its port for HTTP. */
  static final String HASTY_HTTP =
      "http: {header-timeout: 1s, body-timeout: 1s, read-timeout: 1s, idle-timeout: 2s}\n";

  /**
   * When a connection of such a server is gone at the latest, whatever its owner does not do. Of
   * most the calls end after two seconds, and a second later they are told to go, for which gRPC
   * gives ten seconds. Who leaves its side of an ended call open is told so after five and a half,
   * and is closed after ten and another five.
   */
  static final Duration GONE = Duration.ofSeconds(25);

  private Wire() {}

  /** The message of a question, without its frame. */
  static byte[] message(Question call) {
    return call.target().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** That question as a call. */
  static byte[] call(int stream, Question call) {
    return Frames.request(stream, GET_ROUTE, Frames.message(message(call)));
  }
}
