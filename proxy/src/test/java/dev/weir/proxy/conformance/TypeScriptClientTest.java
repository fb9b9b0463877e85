package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.rpc.ErrorDetailsProto;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The client for TypeScript: what is generated of it is up to date, and its own tests hold, those
 * against a real server too. Skipped without Node.js or where its packages cannot be fetched.
 *
 * <p>With {@code -Dweir.write.documents=true} the generated sources are written anew.
 */
@Timeout(360)
final class TypeScriptClientTest {

  private static final int LEAST_NODE = 20;
  private static final UnknownFieldSet NOTHING = UnknownFieldSet.getDefaultInstance();

  /** Rules and paths are for the server: to read them, clients would need their definitions. */
  private static final Set<String> SERVER_ONLY = Set.of("buf.validate", "google.api");

  private static final String IN_THE_LIBRARY = "google.protobuf";

  private static Path source;
  private static NodeProject project;

  @BeforeAll
  @Timeout(360)
  static void install() throws Exception {
    source = property("weir.test.typescript");
    project = NodeProject.install(source, property("weir.test.typescript.target"), LEAST_NODE);
  }

  private static Path property(String name) {
    return Path.of(Objects.requireNonNull(System.getProperty(name)));
  }

  @Test
  void itsTestsHoldAgainstAServerByEachTransport() throws Exception {
    try (Server weir = Server.start(TestSettings.withGrpc(TestSettings.monaco()), _ -> {})) {
      NodeProject.Result tests =
          project.run(
              Map.of(
                  "WEIR_URL", "http://127.0.0.1:" + weir.httpPort(),
                  "WEIR_GRPC_URL", "http://127.0.0.1:" + weir.grpcPort(),
                  "WEIR_ADMIN_URL", "http://127.0.0.1:" + weir.adminPort()),
              "npm",
              "test");
      assertEquals(0, tests.exit(), tests.output());
    }
  }

  @Test
  void itsMessagesAreThoseOfTheContract() throws Exception {
    Path directory = source.resolve("src/gen");
    Map<String, String> generated = generate();
    if (Boolean.getBoolean("weir.write.documents")) {
      for (Map.Entry<String, String> file : generated.entrySet()) {
        Path to = directory.resolve(file.getKey());
        Files.createDirectories(to.getParent());
        Files.writeString(to, file.getValue());
      }
    }
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        committed.put(
            directory.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    }
    assertEquals(generated, committed, "run this test with -Dweir.write.documents=true");
  }

  /** By the name of the file. */
  private static Map<String, String> generate() throws Exception {
    List<FileDescriptorProto> files = new ArrayList<>();
    FileDescriptorSet.parseFrom(Files.readAllBytes(property("weir.test.descriptors")))
        .getFileList()
        .stream()
        .filter(file -> SERVER_ONLY.stream().noneMatch(file.getPackage()::startsWith))
        .map(TypeScriptClientTest::forClients)
        .forEach(files::add);
    files.add(ErrorDetailsProto.getDescriptor().toProto());
    CodeGeneratorRequest request =
        CodeGeneratorRequest.newBuilder()
            .setParameter("target=ts,import_extension=js")
            .addAllProtoFile(files)
            .addAllFileToGenerate(
                files.stream()
                    .filter(file -> !file.getPackage().equals(IN_THE_LIBRARY))
                    .map(FileDescriptorProto::getName)
                    .toList())
            .build();
    NodeProject.Result result =
        project.run(Map.of(), request.toByteArray(), "node_modules/.bin/protoc-gen-es");
    assertEquals(0, result.exit(), result::output);
    CodeGeneratorResponse response = CodeGeneratorResponse.parseFrom(result.bytes());
    assertEquals("", response.getError());
    return response.getFileList().stream()
        .collect(
            Collectors.toMap(
                CodeGeneratorResponse.File::getName,
                CodeGeneratorResponse.File::getContent,
                (one, _) -> one,
                TreeMap::new));
  }

  /** Without the options that are the server's. They are unknown here, as nobody told of them. */
  private static FileDescriptorProto forClients(FileDescriptorProto file) {
    FileDescriptorProto.Builder out = file.toBuilder().clearDependency();
    file.getDependencyList().stream()
        .filter(
            path ->
                SERVER_ONLY.stream()
                    .map(name -> name.replace('.', '/'))
                    .noneMatch(path::startsWith))
        .forEach(out::addDependency);
    out.getMessageTypeBuilderList().forEach(TypeScriptClientTest::strip);
    for (ServiceDescriptorProto.Builder service : out.getServiceBuilderList()) {
      for (MethodDescriptorProto.Builder method : service.getMethodBuilderList()) {
        method.getOptionsBuilder().setUnknownFields(NOTHING);
      }
    }
    return out.build();
  }

  private static void strip(DescriptorProto.Builder message) {
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      if (field.hasOptions()) {
        field.getOptionsBuilder().setUnknownFields(NOTHING);
      }
    }
    for (OneofDescriptorProto.Builder oneof : message.getOneofDeclBuilderList()) {
      oneof.clearOptions();
    }
    if (message.hasOptions()) {
      message.getOptionsBuilder().setUnknownFields(NOTHING);
    }
    message.getNestedTypeBuilderList().forEach(TypeScriptClientTest::strip);
  }
}
