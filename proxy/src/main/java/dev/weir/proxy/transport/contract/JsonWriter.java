package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as the JSON mapping of protocol buffers says, what is not set is left out. The
 * library's own writer makes a tree of fields, a text and then bytes; here each field goes straight
 * into bytes, by a list of a type's fields that is made once. What answers of the contract do not
 * have (maps, and most of the types that are a kind of their own in JSON) is left to the library.
 * Thread-safe.
 */
final class JsonWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Base64.Encoder BASE64 = Base64.getEncoder();
  private static final int NANO_DIGITS = 9;

  /** A sign, twelve digits of seconds, a point, nine of nanoseconds, and an s. */
  private static final int MOST_DURATION_BYTES = 24;

  private final JsonFormat.Printer library;
  private final Map<Class<?>, List<Field>> types = new ConcurrentHashMap<>();

  /**
   * @param library writes what is not written here; without whitespace
   */
  JsonWriter(JsonFormat.Printer library) {
    this.library = library;
  }

  /**
   * @param unset what the field is if it was not set, {@code null} if a message tells whether it is
   */
  private record Field(
      FieldDescriptor descriptor,
      boolean repeated,
      SerializableString name,
      Function<Message, Object> getter,
      @Nullable Object unset) {

    static Field of(FieldDescriptor descriptor, Class<?> owner) {
      boolean tells = descriptor.hasPresence() || descriptor.isRepeated();
      return new Field(
          descriptor,
          descriptor.isRepeated(),
          new SerializedString(descriptor.getJsonName()),
          Getter.of(descriptor, owner),
          tells ? null : descriptor.getDefaultValue());
    }
  }

  /** Most messages come in one piece, and are copied but once. */
  private static final class Bytes extends OutputStream {

    private byte[] all = {};
    private int length;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] piece, int offset, int more) {
      if (length + more > all.length) {
        all = Arrays.copyOf(all, Math.max(length + more, 2 * all.length));
      }
      System.arraycopy(piece, offset, all, length, more);
      length += more;
    }

    byte[] toArray() {
      return length == all.length ? all : Arrays.copyOf(all, length);
    }
  }

  byte[] write(Message message) {
    Bytes bytes = new Bytes();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      message(message, out);
      out.flush();
      return bytes.toArray();
    } catch (StreamWriteException halfOfACharacter) {
      return withHalves(message);
    } catch (IOException e) {
      throw new UncheckedIOException("a message of ours cannot be written", e);
    }
  }

  /** Who sends half of a surrogate pair may find it in what is said of it, as it was written. */
  private byte[] withHalves(Message message) {
    try {
      return library.print(message).getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException("a message of ours holds another that nobody knows", e);
    }
  }

  private void message(Message message, JsonGenerator out) throws IOException {
    if (message instanceof Duration duration) {
      duration(duration, out);
    } else if (message instanceof Timestamp time) {
      out.writeString(Timestamps.toString(time));
    } else {
      List<Field> known = types.get(message.getClass());
      List<Field> fields = known == null ? look(message) : known;
      if (fields.isEmpty()) {
        out.writeRawValue(library.print(message));
      } else {
        object(message, fields, out);
      }
    }
  }

  private List<Field> look(Message message) {
    Descriptor type = message.getDescriptorForType();
    boolean left =
        message instanceof DynamicMessage // the class of messages of many types
            || type.getFile().getPackage().equals("google.protobuf")
            || type.getFields().stream().anyMatch(FieldDescriptor::isMapField);
    return types.computeIfAbsent(
        message.getClass(),
        owner ->
            left ? List.of() : type.getFields().stream().map(f -> Field.of(f, owner)).toList());
  }

  private void object(Message message, List<Field> fields, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Field field : fields) {
      field(message, field, out);
    }
    out.writeEndObject();
  }

  private void field(Message message, Field field, JsonGenerator out) throws IOException {
    if (field.repeated) {
      repeated((List<?>) field.getter.apply(message), field, out);
    } else if (field.unset != null || message.hasField(field.descriptor)) {
      Object value = field.getter.apply(message);
      if (!value.equals(field.unset)) {
        out.writeFieldName(field.name);
        value(value, field.descriptor, out);
      }
    }
  }

  private void repeated(List<?> values, Field field, JsonGenerator out) throws IOException {
    if (!values.isEmpty()) {
      out.writeFieldName(field.name);
      out.writeStartArray();
      for (Object value : values) {
        value(value, field.descriptor, out);
      }
      out.writeEndArray();
    }
  }

  private void value(Object value, FieldDescriptor field, JsonGenerator out) throws IOException {
    switch (field.getJavaType()) {
      case MESSAGE -> message((Message) value, out);
      case STRING -> out.writeString((String) value);
      case DOUBLE -> number((Double) value, out);
      case FLOAT -> number((Float) value, out);
      case INT -> whole((Integer) value, field, out);
      case LONG -> whole((Long) value, field, out);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case ENUM -> named((EnumValueDescriptor) value, out);
      case BYTE_STRING ->
          out.writeString(BASE64.encodeToString(((ByteString) value).toByteArray()));
    }
  }

  /** What the contract has no name for is a number. */
  private static void named(EnumValueDescriptor value, JsonGenerator out) throws IOException {
    if (value.getIndex() < 0) {
      out.writeNumber(value.getNumber());
    } else {
      out.writeString(value.getName());
    }
  }

  private static void whole(int number, FieldDescriptor field, JsonGenerator out)
      throws IOException {
    if (number < 0 && isUnsigned(field)) {
      out.writeNumber(Integer.toUnsignedLong(number));
    } else {
      out.writeNumber(number);
    }
  }

  /** As text, for languages whose numbers end at 2^53. */
  private static void whole(long number, FieldDescriptor field, JsonGenerator out)
      throws IOException {
    out.writeString(isUnsigned(field) ? Long.toUnsignedString(number) : Long.toString(number));
  }

  private static void number(double number, JsonGenerator out) throws IOException {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      out.writeString(Double.toString(number));
    } else {
      out.writeNumber(number);
    }
  }

  private static void number(float number, JsonGenerator out) throws IOException {
    if (Float.isNaN(number) || Float.isInfinite(number)) {
      out.writeString(Float.toString(number));
    } else {
      out.writeNumber(number);
    }
  }

  private static boolean isUnsigned(FieldDescriptor field) {
    return switch (field.getType()) {
      case UINT32, FIXED32, UINT64, FIXED64 -> true;
      case DOUBLE,
          FLOAT,
          INT64,
          INT32,
          BOOL,
          STRING,
          GROUP,
          MESSAGE,
          BYTES,
          ENUM,
          SFIXED32,
          SFIXED64,
          SINT32,
          SINT64 ->
          false;
    };
  }

  /** With no, three, six or nine decimals, as the library does it, and without making a text. */
  private static void duration(Duration duration, JsonGenerator out) throws IOException {
    Durations.checkValid(duration);
    byte[] text = new byte[MOST_DURATION_BYTES];
    int at = text.length;
    text[--at] = 's';
    int nanos = Math.abs(duration.getNanos());
    if (nanos > 0) {
      int digits = NANO_DIGITS;
      for (; nanos % 1_000 == 0; digits -= 3) {
        nanos /= 1_000;
      }
      for (; digits > 0; digits--) {
        text[--at] = (byte) ('0' + nanos % 10);
        nanos /= 10;
      }
      text[--at] = '.';
    }
    long seconds = Math.abs(duration.getSeconds());
    do {
      text[--at] = (byte) ('0' + seconds % 10);
      seconds /= 10;
    } while (seconds > 0);
    if (duration.getSeconds() < 0 || duration.getNanos() < 0) {
      text[--at] = '-';
    }
    out.writeRawUTF8String(text, at, text.length - at);
  }
}
