package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of the comparison: a server, or a proxy and a server behind it, as child processes on
 * one processor. Used by one thread.
 */
final class Rival implements AutoCloseable {
  private final String name;
  private final List<Contender> parts;
  private final List<String> pin;
  private final Protocol protocol;
  private final int perConnection;
  private final List<ServerProcess> running = new ArrayList<>();

  /**
   * @param parts in the order in which they are started; riders talk to the last
   * @param pin words in front of the commands
   * @param protocol that riders speak to it
   * @param perConnection riders who share a connection
   */
  Rival(
      String name, List<Contender> parts, List<String> pin, Protocol protocol, int perConnection) {
    this.protocol = protocol;
    this.perConnection = perConnection;
    this.name = name;
    this.parts = List.copyOf(parts);
    this.pin = List.copyOf(pin);
  }

  String name() {
    return name;
  }

  List<Contender> parts() {
    return parts;
  }

  /**
   * Starts all parts, one after the other is ready.
   *
   * @throws IOException if one does not start
   */
  void start() throws IOException, InterruptedException {
    for (Contender part : parts) {
      running.add(part.start(pin));
    }
  }

  /** What riders see; its processes change when it is started anew. */
  Host host() {
    InetSocketAddress address = running.getLast().address();
    Door door = Door.of(parts.getLast(), protocol, perConnection);
    return new Host(name, address, door, running.stream().map(ServerProcess::pid).toList());
  }

  @Override
  public void close() {
    running.reversed().forEach(ServerProcess::close);
    running.clear();
  }
}
