package dev.weir.proxy.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * One exchange of HTTP/1.1 over a plain socket of its own: nothing is added, decoded, retried or
 * followed behind the test's back.
 */
final class RawHttp implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final boolean head;

  private RawHttp(Socket socket, boolean head) {
    this.socket = socket;
    this.head = head;
  }

  /** Sends the request; the answer may be received later. */
  static RawHttp send(int port, Probe probe) throws IOException {
    RawHttp exchange =
        new RawHttp(new Socket(InetAddress.getLoopbackAddress(), port), probe.isHead());
    exchange.socket.setSoTimeout(TIMEOUT_MILLIS);
    exchange.socket.getOutputStream().write(probe.bytes());
    return exchange;
  }

  RawReply receive() throws IOException {
    return read(new BufferedInputStream(socket.getInputStream()), head);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static RawReply read(InputStream in, boolean head) throws IOException {
    String[] statusLine = line(in).split(" ", 3);
    int status = Integer.parseInt(statusLine[1]);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    if (status == 100) {
      return read(in, head);
    }
    return new RawReply(status, headers, head ? "" : text(body(in, headers), headers));
  }

  private static String text(byte[] body, Map<String, List<String>> headers) throws IOException {
    if (body.length == 0 || !List.of("gzip").equals(headers.get("content-encoding"))) {
      return new String(body, StandardCharsets.UTF_8);
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("transfer-encoding")) {
      return chunks(in);
    }
    List<String> length = headers.get("content-length");
    return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length.getFirst()));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      out.writeBytes(exactly(in, size));
      line(in);
    }
    line(in);
    return out.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("body ended after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("connection closed after: " + out.toString(StandardCharsets.UTF_8));
      }
      out.write(b);
    }
    return out.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
