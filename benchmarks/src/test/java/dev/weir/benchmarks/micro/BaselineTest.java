package dev.weir.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.micro.Baseline.Entry;
import dev.weir.benchmarks.micro.Baseline.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BaselineTest {

  @TempDir private Path directory = Path.of("");

  private static Score score(String name, double ratio, double bytes) {
    return new Score(name, 100 * ratio, ratio, bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "2.0, 32.0, SAME",
    "2.9, 32.0, SAME",
    "3.1, 32.0, SLOWER",
    "1.4, 32.0, SAME",
    "1.3, 32.0, FASTER",
    "2.0, 32.4, SAME",
    "2.0, 33.0, MORE_BYTES",
    "2.0, 24.0, FEWER_BYTES"
  })
  void timeMayBeOffByItsToleranceAndBytesByNone(double ratio, double bytes, Verdict verdict) {
    Baseline known = new Baseline(Map.of("a", new Entry(2, 0.5, 32, 0)));
    assertEquals(verdict, known.judge(score("a", ratio, bytes)));
  }

  @Test
  void whatAllocatesNothingMustNotBeginTo() {
    Baseline known = new Baseline(Map.of("a", new Entry(1, 100, 0, 0)));
    assertEquals(Verdict.SAME, known.judge(score("a", 1, 0.01)));
    assertEquals(Verdict.MORE_BYTES, known.judge(score("a", 1, 1)));
  }

  @Test
  void noticesWhatIsNewAndWhatIsMissing() {
    Baseline known = new Baseline(Map.of("a", new Entry(1, 1, 0, 0)));
    assertEquals(Verdict.NEW, known.judge(score("b", 1, 0)));
    assertEquals(List.of("a"), known.missing(List.of(score("b", 1, 0))));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    Path file = directory.resolve("baseline.csv");
    new Baseline(Map.of()).with(List.of(score("A.b size=3", 12.345, 40.2))).write(file);
    Baseline read = Baseline.read(file);
    assertEquals(new Entry(12.35, Baseline.TOLERANCE, 40, 0), read.of(score("A.b size=3", 0, 0)));
  }

  @Test
  void savingKeepsTolerancesAndDropsWhatIsGone() {
    Baseline known =
        new Baseline(Map.of("kept", new Entry(1, 0.2, 0, 0.5), "gone", new Entry(1, 1, 0, 0)));
    List<Score> scores = List.of(score("kept", 3, 8));
    Baseline saved = known.without(known.missing(scores)).with(scores);
    assertEquals(new Entry(3, 0.2, 8, 0.5), saved.of(scores.getFirst()));
    assertEquals(List.of(), saved.missing(scores));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,1,2,3", "a,x,0.5,0,0", "words"})
  void aBrokenLineIsNamed(String line) throws IOException {
    Path file = Files.writeString(directory.resolve("broken.csv"), line + "\n");
    IOException e = assertThrows(IOException.class, () -> Baseline.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains("broken.csv, line 1"), e.getMessage());
  }

  @Test
  void aMissingBaselineIsSaid() {
    Path file = directory.resolve("none.csv");
    IOException e = assertThrows(IOException.class, () -> Baseline.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains("--save"), e.getMessage());
  }
}
