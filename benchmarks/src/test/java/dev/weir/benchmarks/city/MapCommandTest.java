package dev.weir.benchmarks.city;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MapCommandTest {

  @TempDir private Path directory = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return MapCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int synthesize(String file, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 3);
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[0] = "synthesize";
    all[arguments.length + 1] = "-o";
    all[arguments.length + 2] = directory.resolve(file).toString();
    return run(all);
  }

  @Test
  void aloneItTellsWhatThereIs() {
    assertEquals(0, run());
    assertTrue(out.toString().contains("synthesize"), out.toString());
  }

  @Test
  void sameSeedAndSizeMakeTheSameBytes() throws IOException {
    assertEquals(0, synthesize("one.osm.pbf", "--nodes", "10000", "--seed", "3"));
    assertEquals(0, synthesize("same.osm.pbf", "--nodes", "10000", "--seed", "3"));
    assertEquals(0, synthesize("other.osm.pbf", "--nodes", "10000", "--seed", "4"));
    byte[] one = bytes("one.osm.pbf");
    assertArrayEquals(one, bytes("same.osm.pbf"));
    assertFalse(Arrays.equals(one, bytes("other.osm.pbf")));
  }

  @Test
  void saysThatTheCityIsSyntheticAndLeavesNothingBesideTheFile() throws IOException {
    assertEquals(0, synthesize("city.osm.pbf", "--nodes", "10000"));
    assertTrue(out.toString().contains("synthetic city, no real place"), out.toString());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals("[" + directory.resolve("city.osm.pbf") + "]", files.toList().toString());
    }
  }

  @Test
  void replacesAFileThatIsThereAlready() throws IOException {
    Files.writeString(directory.resolve("city.osm.pbf"), "old");
    assertEquals(0, synthesize("city.osm.pbf", "--nodes", "10000"));
    assertTrue(bytes("city.osm.pbf").length > 10_000);
  }

  @Test
  void refusesInOneLineWhatItCannotDo() {
    refuses(2, "from 10000 to 5000000", "city.osm.pbf", "--nodes", "9999");
    refuses(2, "from 10000 to 5000000", "city.osm.pbf", "--nodes", "5000001");
    refuses(2, "--nodes", "city.osm.pbf", "--nodes", "many");
    refuses(2, "--seed", "city.osm.pbf", "--seed", "x");
    refuses(2, "ends in .osm.pbf", "city.pbf");
    refuses(1, "no such directory", "nowhere/city.osm.pbf", "--nodes", "10000");
  }

  @Test
  void refusesInOneLineToWriteNowhere() {
    assertEquals(2, run("synthesize"));
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  private void refuses(int code, String words, String file, String... arguments) {
    err.getBuffer().setLength(0);
    assertEquals(code, synthesize(file, arguments));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains(words), err.toString());
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(directory.resolve(file));
  }
}
