package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whoever reads docs/compatibility.md learns of every deviation. */
final class DeviationsTest {

  @ParameterizedTest
  @FieldSource("dev.weir.proxy.conformance.Deviations#ALL")
  void isDocumented(Deviation deviation) throws IOException {
    Path docs = Path.of(Objects.requireNonNull(System.getProperty("weir.test.docs")));
    String text = Files.readString(docs.resolve("compatibility.md"));
    assertTrue(text.contains(deviation.documented()), deviation.documented());
  }
}
