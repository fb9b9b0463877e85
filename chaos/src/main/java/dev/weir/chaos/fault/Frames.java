package dev.weir.chaos.fault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of HTTP/2 [RFC 9113] byte by byte, valid or not, and what gRPC puts into them. Heads are
 * written as HPACK [RFC 7541] allows without compression, so that each byte of them is known.
 */
public final class Frames {

  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  /** Settings by their numbers. */
  public static final int INITIAL_WINDOW_SIZE = 4;

  static final int FRAME_HEAD_BYTES = 9;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int CANCEL = 8;
  private static final int SHORT_STRING = 126;

  private Frames() {}

  /** What a client says first: the preface and its settings. */
  public static byte[] hello(int... numbersAndValues) {
    return join(PREFACE, settings(numbersAndValues));
  }

  /** A frame as it should be. */
  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return frame(payload.length, type, flags, stream, payload);
  }

  /**
   * A frame.
   *
   * @param length as the frame tells it, of 24 bits
   */
  static byte[] frame(int length, int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(FRAME_HEAD_BYTES + payload.length)
        .put((byte) (length >> 16))
        .putShort((short) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  public static byte[] settings(int... numbersAndValues) {
    ByteBuffer payload = ByteBuffer.allocate(3 * numbersAndValues.length);
    for (int i = 0; i < numbersAndValues.length; i += 2) {
      payload.putShort((short) numbersAndValues[i]).putInt(numbersAndValues[i + 1]);
    }
    return frame(SETTINGS, 0, 0, payload.array());
  }

  public static byte[] ping() {
    return frame(PING, 0, 0, new byte[8]);
  }

  public static byte[] windowUpdate(int stream, int bytes) {
    return frame(WINDOW_UPDATE, 0, stream, number(bytes));
  }

  /** A stream is given up. */
  public static byte[] reset(int stream) {
    return frame(RST_STREAM, 0, stream, number(CANCEL));
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** The head of a request, complete. */
  public static byte[] headers(int stream, boolean last, byte[] block) {
    return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block);
  }

  public static byte[] data(int stream, boolean last, byte[] bytes) {
    return frame(DATA, last ? END_STREAM : 0, stream, bytes);
  }

  /** The head of a call of gRPC, names and values in turns. */
  public static List<String> callHead(String method) {
    return List.of(
        ":method", "POST",
        ":scheme", "http",
        ":path", method,
        ":authority", "weir",
        "content-type", "application/grpc",
        "te", "trailers");
  }

  /** The head of a request by plain HTTP/2, likewise. */
  public static List<String> getHead(String target) {
    return List.of(":method", "GET", ":scheme", "http", ":path", target, ":authority", "weir");
  }

  /**
   * A request with one message, complete.
   *
   * @param message framed as gRPC wants it, if it is for that
   */
  public static byte[] request(int stream, List<String> head, byte[] message) {
    return join(headers(stream, false, fields(head)), data(stream, true, message));
  }

  /** A message as gRPC frames it. */
  public static byte[] message(byte[] bytes) {
    return message(0, bytes.length, bytes);
  }

  /**
   * A message as gRPC frames it.
   *
   * @param compressed 0 or 1, of those that are defined
   * @param length as the message tells it
   */
  public static byte[] message(int compressed, int length, byte[] bytes) {
    return join(new byte[] {(byte) compressed}, number(length), bytes);
  }

  /** A block of header fields, none of them indexed or compressed. */
  public static byte[] fields(String... namesAndValues) {
    return fields(List.of(namesAndValues));
  }

  public static byte[] fields(List<String> namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      block.write(0); // a literal with a new name, not to be indexed
      string(block, namesAndValues.get(i));
      string(block, namesAndValues.get(i + 1));
    }
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length <= SHORT_STRING) {
      block.write(bytes.length);
    } else {
      block.write(SHORT_STRING + 1);
      int rest = bytes.length - SHORT_STRING - 1;
      for (; rest > 127; rest >>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /** So many of the same, one after the other. */
  public static byte[] times(int count, byte[] bytes) {
    byte[][] all = new byte[count][];
    Arrays.fill(all, bytes);
    return join(all);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
