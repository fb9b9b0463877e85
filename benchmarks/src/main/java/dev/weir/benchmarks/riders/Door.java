package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.Http1;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Wire;
import dev.weir.benchmarks.load.http2.Grpc;
import dev.weir.benchmarks.load.http2.Http2;
import dev.weir.benchmarks.load.http2.Plain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where riders reach a server, and how. Immutable.
 *
 * @param perConnection riders who share a connection
 */
public record Door(Protocol protocol, InetSocketAddress address, int perConnection) {

  /** A rider, a connection. */
  public static Door http1(InetSocketAddress address) {
    return new Door(Protocol.HTTP1, address, 1);
  }

  /** Of a server that was started here. */
  public static Door of(Contender server, Protocol protocol, int perConnection) {
    int port = protocol == Protocol.GRPC ? server.grpcPort() : server.port();
    return new Door(
        protocol, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), perConnection);
  }

  /** For reports. */
  String title() {
    return protocol.shares()
        ? protocol.title() + ", " + perConnection + " to a connection"
        : protocol.title();
  }

  /**
   * Connects riders; blocks until they are.
   *
   * @param riders at least so many, where they share connections
   * @throws dev.weir.benchmarks.load.LoadException if the server does not take all of them
   */
  Wire open(Rig rig, int riders, List<Question> questions, Duration deadline)
      throws InterruptedException {
    return switch (protocol) {
      case HTTP1 ->
          new Http1(rig, address, riders, questions.stream().map(q -> q.plain(deadline)).toList());
      case HTTP2 ->
          new Http2(
              rig,
              address,
              riders,
              perConnection,
              new Plain(questions.stream().map(q -> q.plain(deadline)).toList()));
      case GRPC ->
          new Http2(
              rig,
              address,
              riders,
              perConnection,
              new Grpc(questions.stream().map(q -> q.rpc(deadline)).toList()));
    };
  }
}
