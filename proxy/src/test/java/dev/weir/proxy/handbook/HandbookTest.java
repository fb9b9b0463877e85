package dev.weir.proxy.handbook;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what is written for the person on call to what there is. */
final class HandbookTest {

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/life-of-a-request.md",
        "docs/capacity.md",
        "docs/tuning.md",
        "docs/alerts.md",
        "docs/upgrading.md",
        "docs/faq.md",
        "docs/operating.md",
        "docs/security.md",
        "docs/tracing.md",
        "docs/deploying.md",
        "docs/configuration.md",
        "docs/metrics.md",
        "docs/chaos.md",
        "docs/clients.md"
      })
  void everyNameInItExistsAndEveryLinkLeadsSomewhere(String name) throws IOException {
    Document document = Document.of(name);

    document.namesOnlyClassesThatExist();
    document.namesOnlySettingsThatExist();
    document.namesOnlyMetricsThatExist();
    document.namesOnlyRecordingRulesThatExist();
    document.linksToWhatIsThere();
  }

  @Test
  void theLifeOfARequestIsThatInTheServer() throws IOException {
    Document.of("docs/life-of-a-request.md").namesOnlyClassesOfTheServer();
    Path file = Files.writeString(dir.resolve("planted.md"), "`HandbookTest`\n");

    assertThrows(AssertionError.class, Document.at(file)::namesOnlyClassesOfTheServer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`NoSuchClass`",
        "`gate.no-such-key`",
        "`tracing.no-such-key`",
        "`drain-no-such-key`",
        "`weir_no_such_metric`",
        "`weir:no_such:rule`",
        "[there](no-such-file.md)",
        "[there](#no-such-heading)"
      })
  void whatIsNotThereIsNoticed(String text) throws IOException {
    Path file = Files.writeString(dir.resolve("planted.md"), "# Planted\n\n" + text + "\n");
    Document planted = Document.at(file);

    assertThrows(
        AssertionError.class,
        () -> {
          planted.namesOnlyClassesThatExist();
          planted.namesOnlySettingsThatExist();
          planted.namesOnlyMetricsThatExist();
          planted.namesOnlyRecordingRulesThatExist();
          planted.linksToWhatIsThere();
        });
  }

  @Test
  void everyDocumentIsNamedInTheReadme() throws IOException {
    String readme = Document.of("README.md").text();
    for (String name : Document.names()) {
      assertTrue(name.equals("README.md") || readme.contains("](" + name), name);
    }
  }
}
