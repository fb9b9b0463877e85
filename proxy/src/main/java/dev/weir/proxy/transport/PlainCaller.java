package dev.weir.proxy.transport;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A caller by HTTP/1.1 in clear text, with a connection of its own, for the port of this server. It
 * knows answers of a known length only, as those are. Blocks; not thread-safe.
 */
public final class PlainCaller implements AutoCloseable {

  private static final String LENGTH = "content-length:";
  private static final int STATUS_BEGIN = "HTTP/1.1 ".length();

  private final Socket socket = new Socket();
  private final InputStream in;
  private int bodyBytes;

  /**
   * Connects.
   *
   * @param from an address of this machine to call from, {@code null} for any
   * @param patienceMillis for the connection, and for each piece of an answer
   */
  public PlainCaller(@Nullable InetAddress from, InetSocketAddress to, int patienceMillis)
      throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(patienceMillis);
      if (from != null) {
        socket.bind(new InetSocketAddress(from, 0));
      }
      socket.connect(to, patienceMillis);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a request as it is, and reads the head of the answer; its body is to be read or skipped
   * next.
   *
   * @return the status
   */
  public int call(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String first = line();
    bodyBytes = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        bodyBytes = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    return first.length() < STATUS_BEGIN + 3
        ? 0
        : Integer.parseInt(first.substring(STATUS_BEGIN, STATUS_BEGIN + 3));
  }

  /** The body, of ASCII. */
  public String body() throws IOException {
    return new String(in.readNBytes(bodyBytes), StandardCharsets.US_ASCII);
  }

  public void skipBody() throws IOException {
    in.skipNBytes(bodyBytes);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
