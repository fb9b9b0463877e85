package dev.weir.proxy.transport.contract.openapi;

import build.buf.validate.ValidateProto;
import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files of the contract as the build compiled them, with their comments, which generated
 * classes do not have. Immutable.
 */
final class Contract {

  static final String PACKAGE = "weir.v1";

  private final List<FileDescriptor> files;

  private Contract(List<FileDescriptor> files) {
    this.files = files;
  }

  /**
   * @param descriptors as the compiler wrote them, with all imports and source info
   */
  static Contract read(Path descriptors) throws IOException {
    return of(FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors), annotations()));
  }

  /** The annotations that are looked at. */
  static ExtensionRegistry annotations() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(registry);
    ValidateProto.registerAllExtensions(registry);
    return registry;
  }

  /**
   * @param set each file after those that it imports, parsed with {@link #annotations}
   */
  static Contract of(FileDescriptorSet set) {
    Map<String, FileDescriptor> built = new HashMap<>();
    List<FileDescriptor> ours = new ArrayList<>();
    for (FileDescriptorProto file : set.getFileList()) {
      FileDescriptor made = build(file, built);
      built.put(file.getName(), made);
      if (file.getPackage().equals(PACKAGE)) {
        ours.add(made);
      }
    }
    ours.sort(Comparator.comparing(FileDescriptor::getName));
    return new Contract(List.copyOf(ours));
  }

  private static FileDescriptor build(FileDescriptorProto file, Map<String, FileDescriptor> built) {
    FileDescriptor[] imports =
        file.getDependencyList().stream()
            .map(name -> Objects.requireNonNull(built.get(name), name))
            .toArray(FileDescriptor[]::new);
    try {
      return FileDescriptor.buildFrom(file, imports);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the compiler's own descriptors are not valid", e);
    }
  }

  List<ServiceDescriptor> services() {
    return files.stream().flatMap(file -> file.getServices().stream()).toList();
  }

  /** The ways to call its methods by REST; those that take more than one request have none. */
  List<Binding> bindings() {
    return services().stream()
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> !method.isClientStreaming())
        .flatMap(method -> Binding.of(method).stream())
        .toList();
  }

  /**
   * @param name without package
   */
  EnumDescriptor enumeration(String name) {
    return files.stream()
        .flatMap(file -> file.getEnumTypes().stream())
        .filter(type -> type.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no enum " + name));
  }
}
