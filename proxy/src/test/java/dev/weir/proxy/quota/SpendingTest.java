package dev.weir.proxy.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that the spending of a day survives a restart in. */
final class SpendingTest {

  private @TempDir Path directory;

  private Path file() {
    return directory.resolve("quotas");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Spending spending =
        new Spending(20_759, Map.of("rides", 5_000_000_000L, "2001:db8:0:1", 7L, "a b", 9L));
    spending.write(file());

    assertEquals(spending, Spending.read(file()));
    new Spending(20_760, Map.of()).write(file());
    assertEquals(new Spending(20_760, Map.of()), Spending.read(file()));
    try (var files = Files.list(directory)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void noFileIsNoSpending() throws IOException {
    assertEquals(Spending.NOTHING, Spending.read(file()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "weir quotas 1, day 20759\n7 rides\n",
        "weir quotas 1, day 20759\n7 rides\n8 others\ntenants 3\n",
        "weir quotas 1, day today\n7 rides\ntenants 1\n",
        "weir quotas 1, day 20759\nmany rides\ntenants 1\n",
        "weir quotas 1, day 20759\nrides\ntenants 1\n",
        "weir quotas 2, day 20759\n7 rides\ntenants 1\n"
      })
  void aDamagedFileIsNotBelieved(String text) throws IOException {
    Files.writeString(file(), text);

    assertNull(Spending.read(file()));
  }
}
