package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a message is written as the body of a request or of an answer. Thread-safe. */
public enum Codec {

  /** As the JSON mapping of protocol buffers says. Fields that are not known are a mistake. */
  JSON("application/json", "application/connect+json") {
    @Override
    void merge(byte[] document, Message.Builder into) throws MalformedQuery {
      try {
        PARSER.merge(new String(document, UTF_8), into);
      } catch (InvalidProtocolBufferException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        throw unreadable("The body is not JSON of this request: " + firstLine(message));
      }
    }

    @Override
    public byte[] write(Message message) {
      return ContractJson.bytes(message);
    }
  },

  /** The binary form of protocol buffers. Fields that are not known are left out. */
  PROTO("application/proto", "application/connect+proto") {
    @Override
    void merge(byte[] document, Message.Builder into) throws MalformedQuery {
      try {
        into.mergeFrom(document);
      } catch (InvalidProtocolBufferException e) {
        throw unreadable("The body is not this request in the form of protocol buffers.");
      }
    }

    @Override
    public byte[] write(Message message) {
      return message.toByteArray();
    }
  };

  private static final JsonFormat.Parser PARSER = JsonFormat.parser();
  private static final Codec[] ALL = values();

  private final String mediaType;
  private final String streamMediaType;

  Codec(String mediaType, String streamMediaType) {
    this.mediaType = mediaType;
    this.streamMediaType = streamMediaType;
  }

  /** What HTTP calls it. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * @param mediaType without parameters, in letters of either case
   * @return {@code null} if there is none of this type
   */
  public static @Nullable Codec of(String mediaType) {
    for (Codec codec : ALL) {
      if (codec.mediaType.equalsIgnoreCase(mediaType)) {
        return codec;
      }
    }
    return null;
  }

  /**
   * The same of messages in a row, as the Connect protocol sends them.
   *
   * @return {@code null} if there is none of this type
   */
  public static @Nullable Codec ofStream(String mediaType) {
    for (Codec codec : ALL) {
      if (codec.streamMediaType.equalsIgnoreCase(mediaType)) {
        return codec;
      }
    }
    return null;
  }

  /**
   * Reads a message.
   *
   * @throws MalformedQuery if it cannot be read; its fields were not checked by their rules
   */
  abstract void merge(byte[] document, Message.Builder into) throws MalformedQuery;

  /** The message as bytes. */
  public abstract byte[] write(Message message);

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }

  /** What cannot be read is told in one sentence. */
  static MalformedQuery unreadable(String sentence) {
    return new MalformedQuery(
        new Problem(
            Problem.Kind.UNREADABLE,
            sentence,
            List.of(new Problem.Hint(sentence, null, Map.of()))));
  }
}
