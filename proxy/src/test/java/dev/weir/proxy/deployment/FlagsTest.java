package dev.weir.proxy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.published.Program;
import dev.weir.proxy.published.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The flags of the Java virtual machine, of which there is one list for all ways to start it. */
final class FlagsTest {

  private static final Path FLAGS = Path.of("../config/java.flags");
  private static final Path IMAGE_FLAGS = Path.of("../config/image/image.flags");
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  @Test
  void javaTakesThemWithoutAWord() throws Exception {
    Result result = java("@" + FLAGS, COLLECTOR, "-version");
    assertEquals(0, result.exit(), result.output());
    assertFalse(result.output().toLowerCase(Locale.ROOT).contains("warning"), result.output());

    // without huge pages in the system Java says so and goes on
    Result image = java("@" + FLAGS, "@" + IMAGE_FLAGS, COLLECTOR, "-version");
    assertEquals(0, image.exit(), image.output());
  }

  private static Result java(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Program.run(Path.of("."), command);
  }

  @Test
  void noneNamesACollectorSinceTwoEndTheMachine() throws Exception {
    for (Path flags : List.of(FLAGS, IMAGE_FLAGS)) {
      assertTrue(
          Files.readAllLines(flags).stream().noneMatch(line -> line.matches("-XX:.Use\\w+GC")));
    }
    assertTrue(Image.described().entrypoint().contains(COLLECTOR));
  }

  @Test
  void theImageOpensThePortsOfTheConfiguration() {
    var standard = ChartTest.standard();
    assertEquals(
        List.of(standard.http().port(), standard.grpc().port(), standard.admin().port()),
        Image.described().ports().stream().map(Integer::valueOf).toList());
  }
}
