package dev.weir.proxy.transport.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets fields of messages from text, as the annotation {@code google.api.http} says of paths and
 * query parameters. Fields go by their names in the contract or in JSON. Thread-safe.
 */
final class Binder {

  private static final int DEEPEST = 8;

  private final Map<Descriptor, Map<String, FieldDescriptor>> fields = new ConcurrentHashMap<>();

  /**
   * @param path names of fields, separated by dots
   * @throws MalformedQuery if there is no such field, or the text is no value of it
   */
  void set(Message.Builder message, String path, String text) throws MalformedQuery {
    Message.Builder at = message;
    int from = 0;
    for (int depth = 0; depth < DEEPEST; depth++) {
      int dot = path.indexOf('.', from);
      String name = path.substring(from, dot < 0 ? path.length() : dot);
      FieldDescriptor field = field(at.getDescriptorForType(), name);
      if (field == null) {
        break;
      }
      if (dot < 0) {
        set(at, field, path, text);
        return;
      }
      if (field.getJavaType() != JavaType.MESSAGE || field.isRepeated()) {
        break;
      }
      at = at.getFieldBuilder(field);
      from = dot + 1;
    }
    throw mistake(path, "there is no such field");
  }

  /** Unsets a field, so that it can be set anew. */
  void clear(Message.Builder message, String path) {
    Message.Builder at = message;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      FieldDescriptor field = field(at.getDescriptorForType(), names[i]);
      if (field == null) {
        return;
      }
      if (i == names.length - 1) {
        at.clearField(field);
      } else {
        at = at.getFieldBuilder(field);
      }
    }
  }

  private @Nullable FieldDescriptor field(Descriptor type, String name) {
    return fields.computeIfAbsent(type, Binder::names).get(name);
  }

  private static Map<String, FieldDescriptor> names(Descriptor type) {
    Map<String, FieldDescriptor> names = new HashMap<>();
    for (FieldDescriptor field : type.getFields()) {
      names.put(field.getName(), field);
      names.put(field.getJsonName(), field);
    }
    return names;
  }

  private static void set(Message.Builder at, FieldDescriptor field, String path, String text)
      throws MalformedQuery {
    try {
      if (field.getJavaType() == JavaType.MESSAGE) {
        message(at, field, path, text);
      } else if (field.isRepeated()) {
        at.addRepeatedField(field, value(field, text));
      } else if (field.hasPresence() && at.hasField(field)) {
        throw mistake(path, "is there twice");
      } else {
        at.setField(field, value(field, text));
      }
    } catch (IllegalArgumentException unreadable) {
      throw mistake(path, "must be " + sort(field));
    }
  }

  /** Messages that are text in JSON: durations, times, wrapped values. */
  private static void message(Message.Builder at, FieldDescriptor field, String path, String text)
      throws MalformedQuery {
    if (field.isRepeated()
        || !field.getMessageType().getFullName().startsWith("google.protobuf.")) {
      throw mistake(path, "must be set by its own fields, or in a body");
    }
    try {
      JsonFormat.parser()
          .merge(
              '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"',
              at.getFieldBuilder(field));
    } catch (InvalidProtocolBufferException e) {
      throw mistake(path, "must be a " + field.getMessageType().getName());
    }
  }

  private static Object value(FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case DOUBLE -> Double.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case INT32, SINT32, SFIXED32 -> Integer.valueOf(text);
      case UINT32, FIXED32 -> Integer.parseUnsignedInt(text);
      case INT64, SINT64, SFIXED64 -> Long.valueOf(text);
      case UINT64, FIXED64 -> Long.parseUnsignedLong(text);
      case BOOL -> bool(text);
      case STRING -> text;
      case BYTES -> ByteString.copyFrom(Base64.getUrlDecoder().decode(text));
      case ENUM -> enumValue(field, text);
      case MESSAGE, GROUP -> throw new IllegalArgumentException("no text");
    };
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither");
    };
  }

  private static EnumValueDescriptor enumValue(FieldDescriptor field, String text) {
    EnumValueDescriptor named = field.getEnumType().findValueByName(text);
    return named == null
        ? field.getEnumType().findValueByNumberCreatingIfUnknown(Integer.parseInt(text))
        : named;
  }

  private static String sort(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG -> "a whole number";
      case FLOAT, DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      case STRING -> "text";
      case BYTE_STRING -> "base64";
      case ENUM ->
          "one of "
              + String.join(
                  ", ",
                  field.getEnumType().getValues().stream()
                      .map(EnumValueDescriptor::getName)
                      .toList());
      case MESSAGE -> "a " + field.getMessageType().getName();
    };
  }

  private static MalformedQuery mistake(String path, String sentence) {
    String bounded = path.length() > 100 ? path.substring(0, 100) : path;
    return new MalformedQuery(
        new Problem(
            Problem.Kind.CONSTRAINT,
            bounded + ": " + sentence,
            List.of(new Problem.Hint(sentence, null, Map.of(Statuses.FIELD, bounded)))));
  }
}
