package dev.weir.proxy.published;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.published.Program.Result;
import dev.weir.proxy.transport.contract.openapi.Published;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document, as a tool of those who read it sees it. Skipped without npm or where its
 * package cannot be fetched.
 */
final class RedoclyTest {

  @Test
  void findsNothingWrongWithTheDocument() throws Exception {
    NpmProject project = NpmProject.install("openapi-lint", "redocly");
    Files.write(project.directory().resolve("openapi.json"), Published.document());

    Result result = project.runInstalled("redocly", "lint", "openapi.json");

    assertEquals(0, result.exit(), result.output());
  }
}
