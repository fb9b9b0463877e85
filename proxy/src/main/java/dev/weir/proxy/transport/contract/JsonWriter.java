package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final String ZEROS = "00000000";

  private final JsonFormat.Printer library;
  private final Map<Descriptor, List<Field>> types = new ConcurrentHashMap<>();

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
      FieldDescriptor descriptor, SerializableString name, @Nullable Object unset) {

    static Field of(FieldDescriptor descriptor) {
      boolean tells = descriptor.hasPresence() || descriptor.isRepeated();
      return new Field(
          descriptor,
          new SerializedString(descriptor.getJsonName()),
          tells ? null : descriptor.getDefaultValue());
    }
  }

  byte[] write(Message message) {
    ByteArrayBuilder bytes = new ByteArrayBuilder();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      message(message, out);
      out.flush();
      return bytes.toByteArray();
    } catch (StreamWriteException halfOfACharacter) {
      return withoutHalves(message);
    } catch (IOException e) {
      throw new UncheckedIOException("a message of ours cannot be written", e);
    }
  }

  /** Who sends half of a surrogate pair may find it in what is said of it, as a question mark. */
  private byte[] withoutHalves(Message message) {
    try {
      return library.print(message).getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException("a message of ours holds another that nobody knows", e);
    }
  }

  private void message(Message message, JsonGenerator out) throws IOException {
    if (message instanceof Duration duration) {
      out.writeString(text(duration));
    } else if (message instanceof Timestamp time) {
      out.writeString(Timestamps.toString(time));
    } else {
      List<Field> fields =
          types.computeIfAbsent(message.getDescriptorForType(), JsonWriter::fields);
      if (fields.isEmpty()) {
        out.writeRawValue(library.print(message));
      } else {
        object(message, fields, out);
      }
    }
  }

  /** None if messages of this type are left to the library. */
  private static List<Field> fields(Descriptor type) {
    boolean left =
        type.getFile().getPackage().equals("google.protobuf")
            || type.getFields().stream().anyMatch(FieldDescriptor::isMapField);
    return left ? List.of() : type.getFields().stream().map(Field::of).toList();
  }

  private void object(Message message, List<Field> fields, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Field field : fields) {
      field(message, field, out);
    }
    out.writeEndObject();
  }

  private void field(Message message, Field field, JsonGenerator out) throws IOException {
    FieldDescriptor descriptor = field.descriptor;
    if (descriptor.isRepeated()) {
      repeated((List<?>) message.getField(descriptor), field, out);
    } else if (field.unset != null || message.hasField(descriptor)) {
      Object value = message.getField(descriptor);
      if (!value.equals(field.unset)) {
        out.writeFieldName(field.name);
        value(value, descriptor, out);
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
    switch (value) {
      case Message message -> message(message, out);
      case String text -> out.writeString(text);
      case Double number -> number(number, out);
      case Float number when number.isNaN() || number.isInfinite() ->
          out.writeString(number.toString());
      case Float number -> out.writeNumber(number);
      case Integer number ->
          out.writeNumber(isUnsigned(field) ? Integer.toUnsignedLong(number) : number);
      case Long number ->
          out.writeString(isUnsigned(field) ? Long.toUnsignedString(number) : number.toString());
      case Boolean flag -> out.writeBoolean(flag);
      case EnumValueDescriptor named when named.getIndex() >= 0 -> out.writeString(named.getName());
      case EnumValueDescriptor unknown -> out.writeNumber(unknown.getNumber());
      case ByteString bytes -> out.writeString(BASE64.encodeToString(bytes.toByteArray()));
      default -> throw new IllegalStateException("no value of a field: " + value.getClass());
    }
  }

  private static void number(double number, JsonGenerator out) throws IOException {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      out.writeString(Double.toString(number));
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

  /** With no, three, six or nine decimals, as the library does it, in a tenth of the time. */
  private static String text(Duration duration) {
    Durations.checkValid(duration);
    StringBuilder text = new StringBuilder();
    if (duration.getSeconds() < 0 || duration.getNanos() < 0) {
      text.append('-');
    }
    text.append(Math.abs(duration.getSeconds()));
    int fraction = Math.abs(duration.getNanos());
    if (fraction > 0) {
      int digits = NANO_DIGITS;
      while (fraction % 1_000 == 0) {
        fraction /= 1_000;
        digits -= 3;
      }
      String significant = Integer.toString(fraction);
      text.append('.').append(ZEROS, 0, digits - significant.length()).append(significant);
    }
    return text.append('s').toString();
  }
}
