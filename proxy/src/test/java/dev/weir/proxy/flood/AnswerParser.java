package dev.weir.proxy.flood;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 answers from a stream of bytes and is strict about it: an answer has either a
 * length or chunks, never both and never neither. Confined to one thread.
 */
final class AnswerParser {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)");

  private byte[] bytes = new byte[1_024];
  private int length;
  private @Nullable Head head;

  /** What came does not follow the protocol. */
  static final class Garbled extends Exception {
    private static final long serialVersionUID = 1;

    Garbled(String message) {
      super(message);
    }
  }

  private record Head(int status, Map<String, String> headers, int end) {}

  /** A body and the position behind it. */
  private record Body(int end, String text) {}

  void feed(ByteBuffer more) {
    if (bytes.length - length < more.remaining()) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.remaining()));
    }
    int count = more.remaining();
    more.get(bytes, length, count);
    length += count;
  }

  /** Whether no answer has begun that is not finished. */
  boolean between() {
    return length == 0;
  }

  /** The next whole answer, or {@code null} if there is none yet. */
  @Nullable Heard next() throws Garbled {
    if (head == null) {
      head = readHead();
    }
    return head == null ? null : readBody(head);
  }

  private @Nullable Heard readBody(Head known) throws Garbled {
    String chunked = known.headers.get("transfer-encoding");
    String size = known.headers.get("content-length");
    if ((chunked == null) == (size == null)) {
      throw new Garbled("length " + size + " and transfer encoding " + chunked);
    }
    if (size != null) {
      int end = known.end + number(size, 10);
      return end > length ? null : take(known, new Body(end, text(bytes, known.end, end)));
    }
    Body body = readChunks(known.end);
    return body == null ? null : take(known, body);
  }

  private static String text(byte[] from, int start, int end) {
    return new String(from, start, end - start, StandardCharsets.UTF_8);
  }

  private Heard take(Head known, Body body) {
    System.arraycopy(bytes, body.end, bytes, 0, length - body.end);
    length -= body.end;
    head = null;
    return new Heard(known.status, known.headers, body.text);
  }

  private @Nullable Head readHead() throws Garbled {
    int position = 0;
    int status = 0;
    Map<String, String> headers = new HashMap<>();
    for (String line = line(position); line != null; line = line(position)) {
      position += line.length() + 2;
      if (line.isEmpty()) {
        return new Head(status, headers, position);
      }
      Matcher matcher = (status == 0 ? STATUS : FIELD).matcher(line);
      if (!matcher.matches()) {
        throw new Garbled("line in the head of an answer: " + line);
      }
      if (status == 0) {
        status = Integer.parseInt(matcher.group(1));
      } else {
        headers.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
      }
    }
    return null;
  }

  private @Nullable Body readChunks(int start) throws Garbled {
    byte[] body = new byte[Math.max(0, length - start)];
    int filled = 0;
    int position = start;
    for (String line = line(position); line != null; line = line(position)) {
      int size = number(line, 16);
      position += line.length() + 2;
      if (position + size + 2 > length) {
        return null;
      }
      System.arraycopy(bytes, position, body, filled, size);
      filled += size;
      position += size;
      if (bytes[position] != '\r' || bytes[position + 1] != '\n') {
        throw new Garbled("a chunk of another length than announced");
      }
      position += 2;
      if (size == 0) {
        return new Body(position, text(body, 0, filled));
      }
    }
    return null;
  }

  /** The line that begins there without its end, or {@code null} if its end has not come. */
  private @Nullable String line(int start) {
    for (int i = start; i + 1 < length; i++) {
      if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
        return new String(bytes, start, i - start, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }

  private static int number(String text, int radix) throws Garbled {
    try {
      return Integer.parseUnsignedInt(text.strip(), radix);
    } catch (NumberFormatException e) {
      throw new Garbled("not a length: " + text);
    }
  }
}
