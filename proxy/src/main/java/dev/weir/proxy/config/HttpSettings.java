package dev.weir.proxy.config;

import java.time.Duration;

/**
 * The port that callers use.
 *
 * @param host address to listen on
 * @param port 0 takes any free one
 * @param eventLoops threads that read and write; 0 for one per two processors
 * @param maxConnections in all; more are closed at once
 * @param maxConnectionsPerAddress from one peer address
 * @param maxRequestLineBytes longer request lines answer 414
 * @param maxHeaderBytes longer headers answer 431
 * @param maxBodyBytes longer bodies, as sent, answer 413
 * @param maxInflatedBytes bodies that inflate to more answer 413
 * @param maxPipelined requests of one connection read ahead of the answer
 * @param maxConcurrentStreams requests of one HTTP/2 connection at a time; 0 offers no HTTP/2
 * @param maxPendingAnswerBytes answers not yet read by their callers, over all connections; beyond,
 *     calls are refused
 * @param headerTimeout from a request's first byte to the end of its head
 * @param bodyTimeout from the end of the head to the end of the body
 * @param readTimeout a caller that reads nothing of its answer for so long is cut off
 * @param idleTimeout a connection without a request
 * @param playground where {@code /maps/} is answered with a map to try things on
 * @param tls of the port
 */
public record HttpSettings(
    String host,
    int port,
    int eventLoops,
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxRequestLineBytes,
    int maxHeaderBytes,
    int maxBodyBytes,
    int maxInflatedBytes,
    int maxPipelined,
    int maxConcurrentStreams,
    long maxPendingAnswerBytes,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration readTimeout,
    Duration idleTimeout,
    Playground playground,
    TlsSettings tls) {

  /** When there is a playground. */
  public enum Playground {
    /** If only this machine reaches the port. */
    LOOPBACK,
    ALWAYS,
    NEVER
  }

  /** In clear text, with as many streams as by default, and the playground. */
  public HttpSettings(
      String host,
      int port,
      int eventLoops,
      int maxConnections,
      int maxConnectionsPerAddress,
      int maxRequestLineBytes,
      int maxHeaderBytes,
      int maxBodyBytes,
      int maxInflatedBytes,
      int maxPipelined,
      long maxPendingAnswerBytes,
      Duration headerTimeout,
      Duration bodyTimeout,
      Duration readTimeout,
      Duration idleTimeout) {
    this(
        host,
        port,
        eventLoops,
        maxConnections,
        maxConnectionsPerAddress,
        maxRequestLineBytes,
        maxHeaderBytes,
        maxBodyBytes,
        maxInflatedBytes,
        maxPipelined,
        HttpKeys.MAX_STREAMS.standard(),
        maxPendingAnswerBytes,
        headerTimeout,
        bodyTimeout,
        readTimeout,
        idleTimeout,
        HttpKeys.PLAYGROUND.standard(),
        TlsSettings.OFF);
  }

  public HttpSettings {
    HttpKeys.HOST.require(host);
    HttpKeys.PORT.require(port);
    HttpKeys.EVENT_LOOPS.require(eventLoops);
    HttpKeys.MAX_CONNECTIONS.require(maxConnections);
    HttpKeys.MAX_CONNECTIONS_PER_ADDRESS.require(maxConnectionsPerAddress);
    HttpKeys.MAX_REQUEST_LINE.require(maxRequestLineBytes);
    HttpKeys.MAX_HEADERS.require(maxHeaderBytes);
    HttpKeys.MAX_BODY.require(maxBodyBytes);
    HttpKeys.MAX_INFLATED.require(maxInflatedBytes);
    HttpKeys.MAX_PIPELINED.require(maxPipelined);
    HttpKeys.MAX_STREAMS.require(maxConcurrentStreams);
    HttpKeys.MAX_PENDING_ANSWERS.require(maxPendingAnswerBytes);
    HttpKeys.HEADER_TIMEOUT.require(headerTimeout);
    HttpKeys.BODY_TIMEOUT.require(bodyTimeout);
    HttpKeys.READ_TIMEOUT.require(readTimeout);
    HttpKeys.IDLE_TIMEOUT.require(idleTimeout);
    HttpKeys.PLAYGROUND.require(playground);
  }

  /** Whether callers may speak HTTP/2. */
  public boolean offersHttp2() {
    return maxConcurrentStreams > 0;
  }

  /** Whether only this machine reaches the port. */
  public boolean onLoopback() {
    return Loopback.is(host);
  }

  public boolean showsPlayground() {
    return switch (playground) {
      case LOOPBACK -> onLoopback();
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }

  /** The same for a port of its own, in clear text, that only this machine sees. */
  HttpSettings aside() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        eventLoops,
        maxConnections,
        maxConnections,
        maxRequestLineBytes,
        maxHeaderBytes,
        maxBodyBytes,
        maxInflatedBytes,
        maxPipelined,
        maxConcurrentStreams,
        maxPendingAnswerBytes,
        headerTimeout,
        bodyTimeout,
        readTimeout,
        idleTimeout,
        Playground.NEVER,
        TlsSettings.OFF);
  }
}
