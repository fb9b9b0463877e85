package dev.weir.chaos.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Says back whatever is said to it, to one caller at a time. */
final class EchoServer implements AutoCloseable {

  private final ServerSocket listener;

  EchoServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().name("echo").daemon().start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket caller = listener.accept()) {
        caller.getInputStream().transferTo(caller.getOutputStream());
      } catch (IOException e) {
        // the caller is gone, or this is closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
