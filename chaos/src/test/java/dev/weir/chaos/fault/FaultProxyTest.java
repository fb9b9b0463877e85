package dev.weir.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.chaos.fault.FaultProxy.Weather;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bad network passes on what it should, as it should, between real sockets. */
final class FaultProxyTest {

  private static final int PATIENCE_MILLIS = 30_000;

  private EchoServer server = start();
  private FaultProxy proxy = new FaultProxy(server.address(), 1);

  private static EchoServer start() {
    try {
      return new EchoServer();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void isFine() {
    proxy.weather(Weather.FINE);
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static byte[] words(int size) {
    byte[] words = new byte[size];
    new SplittableRandom(1).nextBytes(words);
    return words;
  }

  private static Duration say(Socket socket, byte[] words) throws IOException {
    long startNanos = System.nanoTime();
    socket.getOutputStream().write(words);
    assertArrayEquals(words, socket.getInputStream().readNBytes(words.length));
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Test
  void passesEverythingOnInFineWeather() throws IOException {
    try (Socket socket = connect()) {
      say(socket, words(10_000));
      say(socket, words(10));
    }
  }

  @Test
  void keepsTheOrderOfWhatIsLate() throws IOException {
    proxy.weather(new Weather(50, 40, 0, 0, false));
    try (Socket socket = connect()) {
      Duration took = say(socket, words(20_000));
      assertTrue(took.toMillis() >= 100, took::toString);
    }
  }

  @Test
  void isAsSlowAsItShouldBe() throws IOException {
    proxy.weather(new Weather(0, 0, 10_000, 0, false));
    try (Socket socket = connect()) {
      Duration took = say(socket, words(3_000));
      assertTrue(took.toMillis() >= 300, took::toString);
    }
  }

  @Test
  void resetsTheConnectionWithinTheAnswer() throws IOException {
    proxy.weather(new Weather(0, 0, 0, 5, false));
    try (Socket socket = connect()) {
      socket.getOutputStream().write(words(100));
      int read = 0;
      try {
        while (socket.getInputStream().read() >= 0) {
          read++;
        }
      } catch (SocketException reset) {
        // as a torn connection ends
      }
      assertTrue(read <= 5, "read " + read);
    }
  }

  @Test
  void swallowsEverythingInTheDark() throws IOException {
    proxy.weather(new Weather(0, 0, 0, 0, true));
    try (Socket socket = connect()) {
      socket.setSoTimeout(100);
      socket.getOutputStream().write(words(100));
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    }
  }

  @Test
  void endsWhenTheCallerDoes() throws IOException {
    try (Socket first = connect()) {
      say(first, words(1));
    }
    try (Socket second = connect()) {
      assertEquals(0, say(second, words(1)).toMinutes());
    }
  }
}
