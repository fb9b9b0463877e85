package dev.weir.proxy.transport.contract.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import build.buf.validate.ValidateProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the contract might come to say, but does not say yet. */
final class AnyContractTest {

  private static final String FILE =
      """
      name: "weir/v1/shelf.proto"
      package: "weir.v1"
      syntax: "proto3"
      dependency: "google/protobuf/timestamp.proto"
      dependency: "google/api/annotations.proto"
      dependency: "buf/validate/validate.proto"
      enum_type { name: "ErrorReason" VALUES }
      message_type {
        name: "Shelf"
        field {
          name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL json_name: "name"
          options { [buf.validate.field] { string { min_len: 1 } } }
        }
        field {
          name: "item_count" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL json_name: "itemCount"
          options { [buf.validate.field] { int64 { gte: 1 lt: 9 } } }
        }
        field {
          name: "tags" number: 3 type: TYPE_STRING label: LABEL_REPEATED json_name: "tags"
          options {
            [buf.validate.field] { repeated { max_items: 4 unique: true items { string { email: true } } } }
          }
        }
        field {
          name: "below" number: 4 type: TYPE_MESSAGE type_name: ".weir.v1.Shelf"
          label: LABEL_OPTIONAL json_name: "below"
        }
        field {
          name: "made" number: 5 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp"
          label: LABEL_OPTIONAL json_name: "made"
        }
        field { name: "data" number: 6 type: TYPE_BYTES label: LABEL_OPTIONAL json_name: "data" }
        field {
          name: "size" number: 7 type: TYPE_UINT32 label: LABEL_OPTIONAL json_name: "size"
          options { [buf.validate.field] { uint32 { lte: 4294967295 } } }
        }
        field {
          name: "sizes" number: 8 type: TYPE_MESSAGE type_name: ".weir.v1.Shelf.SizesEntry"
          label: LABEL_REPEATED json_name: "sizes"
        }
        nested_type {
          name: "SizesEntry"
          field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL json_name: "key" }
          field { name: "value" number: 2 type: TYPE_UINT32 label: LABEL_OPTIONAL json_name: "value" }
          options { map_entry: true }
        }
      }
      service {
        name: "ShelfService"
        method {
          name: "PutShelf" input_type: ".weir.v1.Shelf" output_type: ".weir.v1.Shelf"
          options {
            [google.api.http] {
              put: "/v1/{name=shelves/*}:put" body: "*"
              additional_bindings { get: "/v1/shelves/{below.name}" }
            }
          }
        }
        method { name: "Hide" input_type: ".weir.v1.Shelf" output_type: ".weir.v1.Shelf" }
        method {
          name: "Watch" input_type: ".weir.v1.Shelf" output_type: ".weir.v1.Shelf"
          server_streaming: true
          options { [google.api.http] { get: "/v1/shelves:watch" } }
        }
        method {
          name: "Fill" input_type: ".weir.v1.Shelf" output_type: ".weir.v1.Shelf"
          client_streaming: true
          options { [google.api.http] { post: "/v1/shelves:fill" body: "*" } }
        }
      }
      source_code_info {
        location { path: [6, 0, 2, 0] leading_comments: " Puts it. For\\n good.\\n\\n Twice.\\n" }
        location { path: [4, 0, 2, 1] leading_comments: " How many.\\n" }
      }
      """;

  private static JsonNode root;

  @BeforeAll
  static void make() throws Exception {
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
    TextFormat.merge(FILE.replace("VALUES", reasons()), Contract.annotations(), file);
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    add(files, TimestampProto.getDescriptor());
    add(files, AnnotationsProto.getDescriptor());
    add(files, ValidateProto.getDescriptor());
    root =
        OpenApi.of(
                Contract.of(
                    FileDescriptorSet.newBuilder()
                        .addAllFile(files.values())
                        .addFile(file)
                        .build()))
            .root();
  }

  private static String reasons() {
    StringBuilder values = new StringBuilder();
    Descriptors.CONTRACT
        .enumeration("ErrorReason")
        .getValues()
        .forEach(
            value ->
                values.append(
                    "value { name: \"%s\" number: %d }"
                        .formatted(value.getName(), value.getNumber())));
    return values.toString();
  }

  private static void add(Map<String, FileDescriptorProto> files, FileDescriptor file) {
    file.getDependencies().forEach(imported -> add(files, imported));
    files.put(file.getName(), file.toProto());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/components/schemas/Shelf/properties/itemCount/type | string",
        "/components/schemas/Shelf/properties/itemCount/description"
            + " | How many. At least 1. Less than 9.",
        "/components/schemas/Shelf/properties/tags/maxItems | 4",
        "/components/schemas/Shelf/properties/tags/uniqueItems | true",
        "/components/schemas/Shelf/properties/tags/items/format | email",
        "/components/schemas/Shelf/properties/below/$ref | #/components/schemas/Shelf",
        "/components/schemas/Shelf/required/0 | name",
        "/components/schemas/Shelf/properties/made/format | date-time",
        "/components/schemas/Shelf/properties/data/contentEncoding | base64",
        "/components/schemas/Shelf/properties/size/maximum | 4294967295",
        "/components/schemas/Shelf/properties/sizes/additionalProperties/type | integer",
        "/paths/~1v1~1{name}:put/put/operationId | ShelfService_PutShelf",
        "/paths/~1v1~1{name}:put/put/summary | Puts it",
        "/paths/~1v1~1shelves~1{below.name}/get/operationId | ShelfService_PutShelf_2",
      })
  void isWrittenAsTheJsonMappingSays(String pointer, String value) {
    assertEquals(value, root.at(pointer).asText());
  }

  @Test
  void commentsKeepTheirParagraphs() {
    String told = root.at("/paths/~1v1~1{name}:put/put/description").textValue();

    assertEquals("Puts it. For good.\n\nTwice.", told);
  }

  @Test
  void messagesInMessagesEndSomewhereAndListsOfThemStayInTheBody() {
    JsonNode operation = root.at("/paths/~1v1~1shelves~1{below.name}/get");
    List<String> names = new ArrayList<>();
    operation.get("parameters").forEach(parameter -> names.add(parameter.path("name").asText()));

    assertTrue(names.contains("name"));
    assertTrue(names.contains("below.below.made"));
    assertEquals(1, names.stream().filter("below.name"::equals).count());
    assertFalse(names.stream().anyMatch(name -> name.startsWith("sizes")));
    assertTrue(
        operation.get("description").textValue().contains("Not as query parameters: `below."));
  }

  @Test
  void methodsWithoutAPathAndThoseThatTakeManyRequestsAreLeftOut() {
    assertEquals(3, root.get("paths").size());
  }
}
