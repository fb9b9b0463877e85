package dev.weir.proxy.config;

import java.time.Duration;

/**
 * The port of the contract {@code weir.v1} over gRPC.
 *
 * @param enabled whether there is one
 * @param host address to listen on
 * @param port 0 takes any free one
 * @param eventLoops threads that read and write; 0 for one per two processors
 * @param maxConnections in all; more are closed at once
 * @param maxConnectionsPerAddress from one peer address
 * @param maxConcurrentStreams calls that one connection may have under way
 * @param maxMessageBytes of a request; longer ones end with RESOURCE_EXHAUSTED
 * @param maxMetadataBytes of a call
 * @param maxPendingAnswerBytes responses not yet read by their callers; beyond, calls are refused
 * @param readTimeout with a caller who, after its deadline, has still to send or to read
 * @param keepAliveMinimum callers that ping more often are cut off
 * @param maxConnectionIdle a connection without a call is closed after that
 * @param maxConnectionAge a connection is told to go after that, so that callers spread anew
 * @param maxRides followed at a time; more are refused
 * @param rideSilence a ride of which nothing is heard for so long ends
 * @param reflection tells callers what the contract is
 * @param tls of the port
 */
public record GrpcSettings(
    boolean enabled,
    String host,
    int port,
    int eventLoops,
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxConcurrentStreams,
    int maxMessageBytes,
    int maxMetadataBytes,
    long maxPendingAnswerBytes,
    Duration readTimeout,
    Duration keepAliveMinimum,
    Duration maxConnectionIdle,
    Duration maxConnectionAge,
    int maxRides,
    Duration rideSilence,
    boolean reflection,
    TlsSettings tls) {

  /** In clear text. */
  public GrpcSettings(
      boolean enabled,
      String host,
      int port,
      int eventLoops,
      int maxConnections,
      int maxConnectionsPerAddress,
      int maxConcurrentStreams,
      int maxMessageBytes,
      int maxMetadataBytes,
      long maxPendingAnswerBytes,
      Duration readTimeout,
      Duration keepAliveMinimum,
      Duration maxConnectionIdle,
      Duration maxConnectionAge,
      int maxRides,
      Duration rideSilence,
      boolean reflection) {
    this(
        enabled,
        host,
        port,
        eventLoops,
        maxConnections,
        maxConnectionsPerAddress,
        maxConcurrentStreams,
        maxMessageBytes,
        maxMetadataBytes,
        maxPendingAnswerBytes,
        readTimeout,
        keepAliveMinimum,
        maxConnectionIdle,
        maxConnectionAge,
        maxRides,
        rideSilence,
        reflection,
        TlsSettings.OFF);
  }

  public GrpcSettings {
    GrpcKeys.HOST.require(host);
    GrpcKeys.PORT.require(port);
    GrpcKeys.EVENT_LOOPS.require(eventLoops);
    GrpcKeys.MAX_CONNECTIONS.require(maxConnections);
    GrpcKeys.MAX_CONNECTIONS_PER_ADDRESS.require(maxConnectionsPerAddress);
    GrpcKeys.MAX_CONCURRENT_STREAMS.require(maxConcurrentStreams);
    GrpcKeys.MAX_MESSAGE.require(maxMessageBytes);
    GrpcKeys.MAX_METADATA.require(maxMetadataBytes);
    GrpcKeys.MAX_PENDING_ANSWERS.require(maxPendingAnswerBytes);
    GrpcKeys.READ_TIMEOUT.require(readTimeout);
    GrpcKeys.KEEP_ALIVE_MINIMUM.require(keepAliveMinimum);
    GrpcKeys.MAX_CONNECTION_IDLE.require(maxConnectionIdle);
    GrpcKeys.MAX_CONNECTION_AGE.require(maxConnectionAge);
    GrpcKeys.MAX_RIDES.require(maxRides);
    GrpcKeys.RIDE_SILENCE.require(rideSilence);
  }
}
