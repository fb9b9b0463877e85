package dev.weir.proxy.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One request of the corpus, parsed from one line: {@code METHOD target | Header: value | json BODY
 * | gzip}.
 *
 * <p>{@code body TEXT} is a body as it stands, {@code json TEXT} one with its content type, {@code
 * gzip} compresses it, {@code chunked} sends it without a length, {@code latin1} encodes it so
 * instead of as UTF-8.
 *
 * @param group the file the line comes from
 * @param line the line after expansion, which is also the name of the test
 */
record Probe(String group, String line) {

  /** The request as it goes over the wire; asks the server to close afterwards. */
  byte[] bytes() {
    List<String> parts = List.of(line.split(" \\| ", -1));
    List<String> head = new ArrayList<>();
    head.add(parts.getFirst() + " HTTP/1.1");
    head.add("Host: localhost");
    head.add("Connection: close");
    byte @Nullable [] body = null;
    boolean chunked = false;
    for (String part : parts.subList(1, parts.size())) {
      if (part.startsWith("json ") || part.equals("json")) {
        head.add("Content-Type: application/json");
        body = encoded(part.substring(4).strip());
      } else if (part.startsWith("body ")) {
        body = encoded(part.substring(5));
      } else if (part.equals("gzip")) {
        head.add("Content-Encoding: gzip");
        body = gzipped(body == null ? new byte[0] : body);
      } else if (part.equals("chunked")) {
        chunked = true;
      } else if (!part.equals("latin1")) {
        head.add(part);
      }
    }
    return assemble(head, body, chunked);
  }

  /** The method decides whether the answer has a body. */
  boolean isHead() {
    return line.startsWith("HEAD ");
  }

  private byte[] encoded(String body) {
    return body.getBytes(
        line.endsWith(" | latin1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  private static byte[] assemble(List<String> head, byte @Nullable [] body, boolean chunked) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (chunked) {
      head.add("Transfer-Encoding: chunked");
    } else if (body != null) {
      head.add("Content-Length: " + body.length);
    }
    out.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    byte[] content = body == null ? new byte[0] : body;
    if (chunked && content.length > 0) {
      out.writeBytes(
          (Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(content);
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    } else {
      out.writeBytes(content);
    }
    if (chunked) {
      out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] gzipped(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return line;
  }
}
