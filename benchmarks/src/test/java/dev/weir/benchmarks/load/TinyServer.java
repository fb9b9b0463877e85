package dev.weir.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Answers each GET with what a function of its path returns; an empty answer is silence. */
public final class TinyServer implements AutoCloseable {
  public static final String ROUTE = response("200 OK", "{\"hints\":{},\"paths\":[{}]}");
  public static final String REFUSAL =
      response("503 Service Unavailable", "{\"message\":\"full\"}");
  public static final String SILENCE = "";

  private final ServerSocket listener;
  private final Function<String, String> answers;

  public TinyServer(Function<String, String> answers) throws IOException {
    this.answers = answers;
    listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public static String response(String status, String body, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + more
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      String request = in.readLine();
      while (request != null) {
        String header = in.readLine();
        while (header != null && !header.isEmpty()) {
          header = in.readLine();
        }
        String path = request.substring("GET ".length(), request.lastIndexOf(' '));
        String answer = answers.apply(path);
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        if (answer.contains("Connection: close")) {
          return;
        }
        request = in.readLine();
      }
    } catch (IOException e) {
      // the client went away, which is its right
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
