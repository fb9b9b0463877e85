package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A caller that sends exactly the bytes it is told to. */
public final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param receiveBytes what the kernel keeps for a client that does not read; 0 for its default
   */
  RawClient(int port, int receiveBytes) throws IOException {
    this(new Socket(), port, receiveBytes);
  }

  /**
   * @param unconnected secures itself with the first byte, if it does at all
   */
  public RawClient(Socket unconnected, int port, int receiveBytes) throws IOException {
    socket = unconnected;
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends the text as it is; bare line ends stay bare. */
  RawClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a head made of the lines given, and a {@code Host}. */
  RawClient head(String... lines) throws IOException {
    return send(lines[0] + "\r\nHost: test\r\n" + rest(lines) + "\r\n");
  }

  private static String rest(String[] lines) {
    StringBuilder rest = new StringBuilder();
    for (int i = 1; i < lines.length; i++) {
      rest.append(lines[i]).append("\r\n");
    }
    return rest.toString();
  }

  public RawClient get(String target, String... headers) throws IOException {
    String[] lines = new String[headers.length + 1];
    lines[0] = "GET " + target + " HTTP/1.1";
    System.arraycopy(headers, 0, lines, 1, headers.length);
    return head(lines);
  }

  RawClient post(String target, byte[] body, String... headers) throws IOException {
    String[] lines = new String[headers.length + 3];
    lines[0] = "POST " + target + " HTTP/1.1";
    lines[1] = "Content-Type: application/json";
    lines[2] = "Content-Length: " + body.length;
    System.arraycopy(headers, 0, lines, 3, headers.length);
    return head(lines).send(body);
  }

  /** One response, read to its end. */
  public Response receive() throws IOException {
    return receive(true);
  }

  Response receive(boolean withBody) throws IOException {
    String status = line();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Response(status, headers, withBody ? in.readNBytes(length) : new byte[0]);
  }

  /** The next piece of an answer in chunks, empty if there is none left. */
  String chunk() throws IOException {
    int length = Integer.parseInt(line(), 16);
    String piece = new String(in.readNBytes(length), UTF_8);
    String end = line();
    if (!end.isEmpty()) {
      throw new IOException("a chunk that goes on: " + end);
    }
    return piece;
  }

  /** The rest of an answer in chunks. */
  String chunks() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String piece = chunk(); !piece.isEmpty(); piece = chunk()) {
      all.append(piece);
    }
    return all.toString();
  }

  /** All that comes until the server closes the connection. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed after: " + line.toString(ISO_8859_1));
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("a line that does not end in CR LF: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  /** So many bytes, or fewer if there are no more. */
  byte[] receiveBytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Whether the server closes the connection, without sending anything more. */
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  void finishSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** What a server answered. */
  public static final class Response {
    private final String statusLine;
    private final Map<String, String> headers;
    private final byte[] bytes;

    private Response(String statusLine, Map<String, String> headers, byte[] bytes) {
      this.statusLine = statusLine;
      this.headers = headers;
      this.bytes = bytes;
    }

    String statusLine() {
      return statusLine;
    }

    public int status() {
      return Integer.parseInt(statusLine.substring(9, 12));
    }

    /** Names in lower case. */
    Map<String, String> headers() {
      return headers;
    }

    @Nullable String header(String name) {
      return headers.get(name);
    }

    byte[] bytes() {
      return bytes;
    }

    String body() {
      return new String(bytes, UTF_8);
    }

    String inflated() throws IOException {
      return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), UTF_8);
    }
  }
}
