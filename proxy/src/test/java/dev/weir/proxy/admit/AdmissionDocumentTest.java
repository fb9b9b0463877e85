package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.handbook.Document;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the essay on admission to the names that there are. */
final class AdmissionDocumentTest {

  @Test
  void everyClassSettingAndMetricThatIsNamedExists() throws IOException {
    Document document = Document.of("docs/admission.md");

    document.namesOnlyClassesThatExist();
    document.namesOnlySettingsThatExist();
    document.namesOnlyMetricsThatExist();
  }

  @Test
  void everyReferenceIsListedAndEveryListedOneIsReferredTo() throws IOException {
    String text = Document.of("docs/admission.md").text();
    Set<String> referredTo =
        Pattern.compile("\\[([0-9]+(?:, [0-9]+)*)]")
            .matcher(text)
            .results()
            .flatMap(match -> Stream.of(match.group(1).split(", ", -1)))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        Pattern.compile("(?m)^([0-9]+)\\. ")
            .matcher(text.substring(text.indexOf("## References")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(listed, referredTo);
  }
}
