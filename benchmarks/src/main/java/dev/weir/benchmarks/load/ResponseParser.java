package dev.weir.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads HTTP/1.1 responses, one at a time, from buffers cut anywhere. Looks at no more than is
 * needed to find the end and to tell whether a route is inside: a full codec would cost the
 * generator more than the refusals it counts cost the server. Used by one thread.
 */
final class ResponseParser {

  /** Where the current response stands after some bytes. */
  enum Progress {
    /** More bytes are needed. */
    MORE,
    /** Complete: ask for status, route and keep-alive, then {@link #reset}. */
    DONE,
    /** Not HTTP as this parser knows it: the connection is of no more use. */
    BROKEN
  }

  private enum State {
    STATUS_LINE,
    HEADER,
    BODY,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    DONE,
    BROKEN
  }

  private static final int MAX_LINE_BYTES = 8192;
  private static final int USUAL_LINE_BYTES = 256;
  private static final long UNKNOWN = -1;
  private static final int OK = 200;
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final Listener listener = new Listener();
  private byte[] line = new byte[USUAL_LINE_BYTES];
  private int lineLength;
  private State state = State.STATUS_LINE;
  private int status;
  private long remaining = UNKNOWN;
  private boolean chunked;
  private boolean keepAlive = true;
  private Mark mark = Mark.ROUTE;
  private int markMatched;
  private long bodyBytes;

  /** Takes from {@code in} what belongs to the current response and no byte more. */
  Progress feed(ByteBuf in) {
    while (in.isReadable() && state != State.DONE && state != State.BROKEN) {
      if (state == State.BODY || state == State.CHUNK_DATA) {
        body(in);
      } else if (lineCompleted(in)) {
        endOfLine();
      }
    }
    return switch (state) {
      case DONE -> Progress.DONE;
      case BROKEN -> Progress.BROKEN;
      default -> Progress.MORE;
    };
  }

  /** Makes ready for the next response of the connection. */
  void reset() {
    lineLength = 0;
    state = State.STATUS_LINE;
    status = 0;
    remaining = UNKNOWN;
    chunked = false;
    keepAlive = true;
    markMatched = 0;
    bodyBytes = 0;
    listener.reset();
  }

  /** What tells a right answer from others, from the next response on. */
  void expect(Mark right) {
    mark = right;
  }

  int status() {
    return status;
  }

  boolean routed() {
    return markMatched == mark.length();
  }

  /** What the complete response said beside its status. */
  Remarks remarks() {
    return listener.remarks();
  }

  /** Of the body so far, without chunk sizes. */
  long bodyBytes() {
    return bodyBytes;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  private boolean lineCompleted(ByteBuf in) {
    int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
    int length = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
    if (lineLength + length > MAX_LINE_BYTES) {
      state = State.BROKEN;
      return false;
    }
    if (lineLength + length > line.length) {
      line = Arrays.copyOf(line, MAX_LINE_BYTES);
    }
    in.readBytes(line, lineLength, length);
    lineLength += length;
    if (end < 0) {
      return false;
    }
    in.skipBytes(1);
    if (lineLength > 0 && line[lineLength - 1] == '\r') {
      lineLength--;
    }
    return true;
  }

  private void endOfLine() {
    switch (state) {
      case STATUS_LINE -> statusLine();
      case HEADER -> header();
      case CHUNK_SIZE -> chunkSize();
      case CHUNK_END -> state = lineLength == 0 ? State.CHUNK_SIZE : State.BROKEN;
      case TRAILER -> state = lineLength == 0 ? State.DONE : State.TRAILER;
      case BODY, CHUNK_DATA, DONE, BROKEN -> throw new IllegalStateException("no line in " + state);
    }
    lineLength = 0;
  }

  private void statusLine() {
    if (lineLength < STATUS_AT + 3 || line[0] != 'H' || line[STATUS_AT - 1] != ' ') {
      state = State.BROKEN;
      return;
    }
    for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
      status = status * 10 + line[i] - '0';
    }
    keepAlive = line[STATUS_AT - 2] == '1';
    state = State.HEADER;
  }

  private void header() {
    if (lineLength == 0) {
      endOfHead();
      return;
    }
    int first = line[0] | 0x20;
    boolean framing = first == 'c' || first == 't';
    int eighth = lineLength > 7 ? line[7] | 0x20 : 0;
    if (framing || Listener.wants(first, eighth)) {
      header(text());
    }
  }

  private void header(String line) {
    String header = line.toLowerCase(Locale.ROOT);
    if (header.startsWith("content-length:")) {
      number(header.substring("content-length:".length()), 10);
    } else if (header.startsWith("transfer-encoding:")) {
      chunked = header.endsWith("chunked");
    } else if (header.startsWith("connection:") && header.endsWith("close")) {
      keepAlive = false;
    } else {
      listener.header(header);
    }
  }

  private void endOfHead() {
    if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (remaining == UNKNOWN) {
      state = State.BROKEN;
    } else {
      state = remaining == 0 ? State.DONE : State.BODY;
    }
  }

  private void chunkSize() {
    String size = text();
    int extension = size.indexOf(';');
    number(extension < 0 ? size : size.substring(0, extension), 16);
    if (state != State.BROKEN) {
      state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
    }
  }

  private void body(ByteBuf in) {
    int length = (int) Math.min(remaining, in.readableBytes());
    int end = in.readerIndex() + length;
    if (status == OK) {
      for (int i = in.readerIndex(); i < end && markMatched < mark.length(); i++) {
        markMatched = mark.matched(markMatched, in.getByte(i));
      }
    } else {
      listener.body(in, length);
    }
    in.readerIndex(end);
    remaining -= length;
    bodyBytes += length;
    if (remaining == 0) {
      state = state == State.BODY ? State.DONE : State.CHUNK_END;
    }
  }

  private void number(String digits, int radix) {
    try {
      remaining = Long.parseLong(digits.strip(), radix);
    } catch (NumberFormatException e) {
      state = State.BROKEN;
      return;
    }
    if (remaining < 0) {
      state = State.BROKEN;
    }
  }

  private String text() {
    return new String(line, 0, lineLength, StandardCharsets.US_ASCII);
  }
}
