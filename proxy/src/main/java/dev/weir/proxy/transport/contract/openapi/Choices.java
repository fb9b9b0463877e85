package dev.weir.proxy.transport.contract.openapi;

import build.buf.validate.MessageRules;
import build.buf.validate.ValidateProto;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Fields of which one may be set, and rules about several fields. */
final class Choices {

  private Choices() {}

  /** What the rules of a message say of its fields together. */
  static List<String> ofFields(Descriptor message) {
    MessageRules rules = message.getOptions().getExtension(ValidateProto.message);
    List<String> told = new ArrayList<>();
    rules.getCelList().stream()
        .filter(rule -> !rule.getMessage().isEmpty())
        .forEach(rule -> told.add(rule.getMessage()));
    rules
        .getOneofList()
        .forEach(
            choice ->
                told.add(
                    sentence(
                        choice.getRequired(),
                        choice.getFieldsList().stream()
                            .map(message::findFieldByName)
                            .map(FieldDescriptor::getJsonName)
                            .toList())));
    return told;
  }

  /** Which fields a field is an alternative to. */
  static List<String> ofField(FieldDescriptor field) {
    OneofDescriptor choice = field.getRealContainingOneof();
    return choice == null || choice.getFieldCount() < 2
        ? List.of()
        : List.of(sentence(mustBeMade(choice), names(choice)));
  }

  private static String sentence(boolean required, List<String> names) {
    return names.stream()
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", ", required ? "Exactly one of " : "At most one of ", "."));
  }

  /** What a message must have one of each, as schemas. */
  static ArrayNode required(Descriptor message) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (OneofDescriptor choice : message.getRealOneofs()) {
      if (mustBeMade(choice)) {
        ArrayNode options = all.addObject().putArray("oneOf");
        names(choice).forEach(name -> options.addObject().putArray("required").add(name));
      }
    }
    return all;
  }

  private static boolean mustBeMade(OneofDescriptor choice) {
    return choice.getOptions().getExtension(ValidateProto.oneof).getRequired();
  }

  private static List<String> names(OneofDescriptor choice) {
    return choice.getFields().stream().map(FieldDescriptor::getJsonName).toList();
  }
}
