package dev.weir.proxy.transport.contract.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.EnumDescriptor;
import dev.weir.proxy.transport.contract.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of errors in the docs to the contract. After a change of reasons, run with {@code
 * -Dweir.write.documents=true} to have it written anew.
 */
final class ContractDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/contract.md");
  private static final String BEGIN = "<!-- errors:begin -->\n";
  private static final String END = "<!-- errors:end -->";

  private final EnumDescriptor reasons = Descriptors.CONTRACT.enumeration("ErrorReason");
  private final Comments comments = new Comments();

  @Test
  void theTableListsEveryReasonWithItsCodeAndStatus() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    String expected = text.substring(0, begin) + table() + text.substring(text.indexOf(END));

    if (System.getProperty("weir.write.documents") != null) {
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(expected, Files.readString(DOCUMENT));
  }

  private String table() {
    StringBuilder table =
        new StringBuilder("| reason | HTTP | gRPC | ask again | what it says |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    for (Fault fault : Fault.values()) {
      table.append(
          "| `%s` | %d | `%s` | %s | %s |\n"
              .formatted(
                  fault.name(),
                  fault.httpStatus(),
                  fault.code(),
                  fault.asksBack() ? "yes" : "no",
                  sentence(fault)));
    }
    return table.toString();
  }

  /** Without code and status, which have columns of their own. */
  private String sentence(Fault fault) {
    String name = "ERROR_REASON_" + fault.name();
    String comment = comments.of(Objects.requireNonNull(reasons.findValueByName(name)));
    return comment.replace(" " + fault.code() + ", " + fault.httpStatus() + ".", "");
  }
}
