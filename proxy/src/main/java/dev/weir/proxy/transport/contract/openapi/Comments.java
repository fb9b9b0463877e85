package dev.weir.proxy.transport.contract.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is written above the parts of the contract. Not thread-safe. */
final class Comments {

  private final Map<FileDescriptor, Map<List<Integer>, String>> files = new HashMap<>();

  /** The comment in front of a declaration; paragraphs are separated by empty lines. */
  String of(GenericDescriptor declaration) {
    return files
        .computeIfAbsent(declaration.getFile(), Comments::read)
        .getOrDefault(path(declaration), "");
  }

  /** The first sentence of {@link #of}. */
  String summary(GenericDescriptor declaration) {
    String comment = of(declaration);
    int end = comment.indexOf(". ");
    String sentence = end < 0 ? comment.lines().findFirst().orElse("") : comment.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static Map<List<Integer>, String> read(FileDescriptor file) {
    Map<List<Integer>, String> comments = new HashMap<>();
    for (SourceCodeInfo.Location at : file.toProto().getSourceCodeInfo().getLocationList()) {
      if (at.hasLeadingComments()) {
        comments.put(at.getPathList(), paragraphs(at.getLeadingComments()));
      }
    }
    return comments;
  }

  private static String paragraphs(String comment) {
    return Arrays.stream(comment.strip().split("\n\\s*\n", -1))
        .map(paragraph -> paragraph.strip().replaceAll("\\s*\n\\s*", " "))
        .collect(Collectors.joining("\n\n"));
  }

  /** As descriptor.proto says: field numbers and indexes in turn, from the file downwards. */
  private static List<Integer> path(GenericDescriptor of) {
    return switch (of) {
      case ServiceDescriptor service ->
          List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, service.getIndex());
      case MethodDescriptor method ->
          below(method.getService(), ServiceDescriptorProto.METHOD_FIELD_NUMBER, method.getIndex());
      case FieldDescriptor field ->
          below(field.getContainingType(), DescriptorProto.FIELD_FIELD_NUMBER, field.getIndex());
      case EnumValueDescriptor value ->
          below(value.getType(), EnumDescriptorProto.VALUE_FIELD_NUMBER, value.getIndex());
      case Descriptor message when message.getContainingType() != null ->
          below(
              message.getContainingType(),
              DescriptorProto.NESTED_TYPE_FIELD_NUMBER,
              message.getIndex());
      case Descriptor message ->
          List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, message.getIndex());
      case EnumDescriptor type when type.getContainingType() != null ->
          below(type.getContainingType(), DescriptorProto.ENUM_TYPE_FIELD_NUMBER, type.getIndex());
      case EnumDescriptor type ->
          List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, type.getIndex());
      default -> List.of();
    };
  }

  private static List<Integer> below(GenericDescriptor parent, int number, int index) {
    List<Integer> path = new ArrayList<>(path(parent));
    path.add(number);
    path.add(index);
    return path;
  }
}
