package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayTest {
  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("load.csv"), text);
  }

  @Test
  void everyLineIsATimeAtARate() throws IOException {
    Shape shape = Replay.read(file("seconds,rate\n# a quiet start\n\n10, 50\n2.5,400\n1,0\n"));
    assertEquals(3, shape.legs().size());
    assertEquals(new Shape.Leg(Duration.ofMillis(2_500), 400, 400), shape.legs().get(1));
    assertEquals(Duration.ofMillis(13_500), shape.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10|line 2: must be seconds,rate",
        "10,1,2|line 2: must be seconds,rate",
        "ten,1|line 2: seconds must be a number from 0.001 to 86400",
        "-1,1|line 2: seconds must be a number from 0.001 to 86400",
        "NaN,1|line 2: seconds must be a number from 0.001 to 86400",
        "10,-1|line 2: rate must be a number from 0.0 to 1000000",
        "10,1e9|line 2: rate must be a number from 0.0 to 1000000",
        "10,|line 2: rate must be a number from 0.0 to 1000000",
      })
  void aMistakeIsNamedWithItsLine(String line, String sentence) throws IOException {
    Path file = file("10,5\n" + line + "\n");
    IOException wrong = assertThrows(IOException.class, () -> Replay.read(file));
    assertEquals(file + " " + sentence, wrong.getMessage());
  }

  @Test
  void aFileWithoutRequestsIsAMistake() throws IOException {
    Path file = file("# nothing\n10,0\n");
    IOException wrong = assertThrows(IOException.class, () -> Replay.read(file));
    assertTrue(String.valueOf(wrong.getMessage()).contains("no line with a rate above 0"));
  }

  @Test
  void aFileThatIsNoTextIsAMistakeOfOneLine() throws IOException {
    Path file = directory.resolve("load.csv");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    IOException wrong = assertThrows(IOException.class, () -> Replay.read(file));
    assertFalse(String.valueOf(wrong.getMessage()).contains("\n"));
  }

  @Test
  void aLoadOfMoreThanADayIsAMistake() throws IOException {
    Path file = file("80000,1\n80000,1\n");
    IOException wrong = assertThrows(IOException.class, () -> Replay.read(file));
    assertTrue(String.valueOf(wrong.getMessage()).contains("line 2: longer than a day"));
  }
}
