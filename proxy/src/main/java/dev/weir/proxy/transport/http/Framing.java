package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.Message;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.proxy.transport.contract.Codec;
import dev.weir.proxy.transport.contract.RpcMethods;
import dev.weir.proxy.transport.contract.Streamed;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How several answers to one request are written one after the other. Thread-safe. */
enum Framing {
  /** A JSON document on each line [1]; a fault is one of its own, with the member error. */
  LINES("application/x-ndjson", Codec.JSON),
  /** Server-sent events [2]: what the answer is, its number, and the answer as JSON. */
  EVENTS("text/event-stream", Codec.JSON),
  /** Elements of one JSON array, for those who read JSON only when all of it is there. */
  ARRAY("application/json", Codec.JSON),
  /** Messages of the Connect protocol [3], the last of which tells whether all went well. */
  CONNECT_JSON("application/connect+json", Codec.JSON),
  CONNECT_PROTO("application/connect+proto", Codec.PROTO);

  // [1] https://github.com/ndjson/ndjson-spec
  // [2] https://html.spec.whatwg.org/multipage/server-sent-events.html
  // [3] https://connectrpc.com/docs/protocol/#streaming-rpcs

  /**
   * The number of the last event. A page that was not told to stop connects anew when a stream has
   * ended, and says with which number that was.
   */
  static final String LAST_EVENT = "end";

  /** What {@link #EVENTS} may have in between; it says nothing. */
  static final byte[] COMMENT = ascii(":\n\n");

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] LINE_END = ascii("\n");
  private static final byte[] EVENT_END = ascii("\n\n");
  private static final byte[] ERROR = ascii("{\"error\":");
  private static final byte[] CLOSING_BRACE = ascii("}");
  private static final byte[] ALL_WELL = ascii("{}");

  /** Proxies are to pass on what they get, as it comes; the same again may be another answer. */
  private static final String AS_IT_COMES = "Cache-Control: no-cache\r\nX-Accel-Buffering: no\r\n";

  private static final Map<Framing, HeaderLines> HEADS = new EnumMap<>(Framing.class);

  static {
    for (Framing framing : values()) {
      HEADS.put(
          framing, HeaderLines.of("Content-Type: " + framing.mediaType + "\r\n" + AS_IT_COMES));
    }
  }

  private static final List<Framing> BY_REST = List.of(LINES, EVENTS, ARRAY);
  private static final List<String> TYPES_BY_REST =
      BY_REST.stream().map(Framing::mediaType).toList();

  private final String mediaType;
  private final Codec codec;

  Framing(String mediaType, Codec codec) {
    this.mediaType = mediaType;
    this.codec = codec;
  }

  /**
   * As the caller asked for it.
   *
   * @return {@code null} if there is one answer only
   */
  static @Nullable Framing of(@Nullable Binding<?, ?> binding, HttpHeaders headers) {
    if (binding == null || !(binding.method() instanceof Streamed)) {
      return null;
    }
    if (binding instanceof RpcMethods.Found) {
      return switch (binding.codec()) {
        case JSON -> CONNECT_JSON;
        case PROTO -> CONNECT_PROTO;
      };
    }
    return BY_REST.get(Accept.preferred(headers, TYPES_BY_REST));
  }

  String mediaType() {
    return mediaType;
  }

  /** What the head of a response says of it. */
  HeaderLines lines() {
    return Objects.requireNonNull(HEADS.get(this));
  }

  /** Whether it is that of the Connect protocol, in which requests go in envelopes, too. */
  boolean isConnect() {
    return switch (this) {
      case LINES, EVENTS, ARRAY -> false;
      case CONNECT_JSON, CONNECT_PROTO -> true;
    };
  }

  /**
   * Adds a message.
   *
   * @param number of messages before it
   * @param event what it is, in a word
   */
  void add(Message message, int number, String event, ByteArrayOutputStream to) {
    byte[] written = codec.write(message);
    switch (this) {
      case LINES -> {
        to.writeBytes(written);
        to.writeBytes(LINE_END);
      }
      case EVENTS -> addEvent(event, Integer.toString(number), written, to);
      case ARRAY -> {
        to.writeBytes(ascii(separator(number)));
        to.writeBytes(written);
      }
      case CONNECT_JSON, CONNECT_PROTO -> to.writeBytes(ConnectFrames.message(written));
    }
  }

  /**
   * Adds what ends a stream that went well.
   *
   * @param number of messages there were
   */
  void addEnd(int number, ByteArrayOutputStream to) {
    switch (this) {
      case LINES -> {}
      case EVENTS -> addEvent("end", LAST_EVENT, ALL_WELL, to);
      case ARRAY -> to.writeBytes(ascii(number == 0 ? "[]\n" : "]\n"));
      case CONNECT_JSON, CONNECT_PROTO -> to.writeBytes(ConnectFrames.end(ALL_WELL));
    }
  }

  /**
   * What ends a stream that did not.
   *
   * @param told the fault, as {@link Shape#write} tells it
   * @param number of messages there were
   */
  byte[] fault(byte[] told, int number) {
    if (isConnect()) {
      return told;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(told.length + 32);
    if (this == EVENTS) {
      addEvent("error", null, told, out);
      return out.toByteArray();
    }
    out.writeBytes(this == ARRAY ? ascii(separator(number)) : NOTHING);
    out.writeBytes(ERROR);
    out.writeBytes(told);
    out.writeBytes(CLOSING_BRACE);
    out.writeBytes(this == ARRAY ? ascii("]\n") : LINE_END);
    return out.toByteArray();
  }

  private static String separator(int number) {
    return number == 0 ? "[" : ",\n";
  }

  /** JSON of ours is without line ends. */
  private static void addEvent(
      String event, @Nullable String id, byte[] data, ByteArrayOutputStream to) {
    String number = id == null ? "" : "id: " + id + "\n";
    to.writeBytes(ascii("event: " + event + "\n" + number + "data: "));
    to.writeBytes(data);
    to.writeBytes(EVENT_END);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
