package dev.weir.proxy.transport.admin.live;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AdviceTest {

  private static final Path ROOT = Path.of("..");

  /** Words with a dot inside: pages, and keys. */
  private static final Pattern NAME =
      Pattern.compile("[a-z/]+(?:\\[])?\\.[a-z-]+(?:(?:\\[])?\\.[a-z-]+)*");

  @ParameterizedTest
  @EnumSource
  void namesSettingsAndPagesThatThereAre(Reason reason) throws IOException {
    String turn = Advice.turn(reason);
    List<String> names = NAME.matcher(turn).results().map(MatchResult::group).toList();

    assertTrue(turn.endsWith("."), turn);
    assertFalse(names.isEmpty(), turn);
    for (String name : names) {
      assertTrue(name.startsWith("docs/") ? Files.exists(ROOT.resolve(name)) : isKey(name), name);
    }
  }

  /** The table is held to the keys by a test of its own. */
  private static boolean isKey(String name) throws IOException {
    return Files.readString(ROOT.resolve("README.md")).contains("\n| `" + name + "` |");
  }
}
