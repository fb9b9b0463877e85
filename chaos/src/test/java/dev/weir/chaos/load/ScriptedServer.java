package dev.weir.chaos.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every request with the same bytes, a thread for each connection. */
final class ScriptedServer implements AutoCloseable {

  /** At the end of what is answered: the connection ends with it. */
  static final String HANG_UP = "<hang up>";

  private final ServerSocket listener;
  private final String answer;
  private final AtomicInteger asked = new AtomicInteger();

  ScriptedServer(String answer) throws IOException {
    this.answer = answer;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().name("scripted").daemon().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Requests so far. */
  int asked() {
    return asked.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        Thread.ofPlatform().name("scripted-caller").daemon().start(() -> serve(caller));
      } catch (IOException e) {
        // it is closed
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          asked.incrementAndGet();
          String words = answer.replace(HANG_UP, "");
          caller.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
          if (!words.equals(answer)) {
            return;
          }
        }
      }
    } catch (IOException e) {
      // the caller is gone
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
