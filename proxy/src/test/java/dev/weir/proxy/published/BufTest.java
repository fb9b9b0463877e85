package dev.weir.proxy.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.published.Program.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract's style, and that nothing is changed that callers rely on. Skipped without npm or
 * where its package cannot be fetched. With {@code -Dweir.write.baseline=true} the contract becomes
 * what later ones are compared with.
 */
final class BufTest {

  private static final Path CONTRACT = Path.of("src/main/proto");
  private static final Path BASELINE = Path.of("../clients/contract-lint/weir.v1.binpb.gz");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:public )?\"([^\"]+)\";");

  /** What buf ends with if it has found something. */
  private static final int FOUND = 100;

  private static NpmProject project;

  @BeforeAll
  static void install() throws Exception {
    project = NpmProject.install("contract-lint", "buf");
    copyTo("proto");
    if (System.getProperty("weir.write.baseline") != null) {
      Result result =
          buf("build", "proto", "--exclude-source-info", "--output=" + BASELINE.toAbsolutePath());
      assertEquals(0, result.exit(), result.output());
    }
  }

  /** The contract, and of the files that come with libraries those that it imports. */
  private static Path copyTo(String name) throws IOException {
    Path target = project.directory().resolve(name);
    if (Files.exists(target)) {
      try (Stream<Path> old = Files.walk(target)) {
        old.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
      }
    }
    Deque<String> imports = new ArrayDeque<>();
    try (Stream<Path> files = Files.walk(CONTRACT)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        write(target, CONTRACT.relativize(file).toString(), text);
        imports.addAll(importsOf(text));
      }
    }
    Set<String> seen = new HashSet<>();
    while (!imports.isEmpty()) {
      String next = imports.pop();
      Path file = target.resolve(next);
      // buf brings those of protocol buffers itself
      if (seen.add(next) && !next.startsWith("google/protobuf/") && !Files.exists(file)) {
        String text = library(next);
        write(target, next, text);
        imports.addAll(importsOf(text));
      }
    }
    return target;
  }

  private static List<String> importsOf(String text) {
    return IMPORT.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String library(String file) throws IOException {
    try (InputStream in = BufTest.class.getResourceAsStream("/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void write(Path directory, String file, String text) throws IOException {
    Path target = directory.resolve(file);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.writeString(target, text);
  }

  private static Result buf(String... arguments) throws IOException, InterruptedException {
    return project.runInstalled("buf", arguments);
  }

  private static Result breaking(String directory) throws IOException, InterruptedException {
    return buf("breaking", directory, "--against=" + BASELINE.toAbsolutePath());
  }

  /** A copy of the contract with one thing changed. */
  private static void change(String name, String from, String to) throws IOException {
    Path file = copyTo(name).resolve("weir/v1/geo.proto");
    String text = Files.readString(file);
    assertTrue(text.contains(from));
    Files.writeString(file, text.replace(from, to));
  }

  @Test
  void theContractKeepsToItsStyle() throws Exception {
    Result result = buf("lint", "proto");

    assertEquals(0, result.exit(), result.output());
  }

  @Test
  void nothingIsChangedThatCallersRelyOn() throws Exception {
    Result result = breaking("proto");

    assertEquals(0, result.exit(), result.output());
  }

  @Test
  void aChangeThatBreaksCallersIsFound() throws Exception {
    change("broken", "string encoded = 1;", "bytes encoded = 1;");

    Result result = breaking("broken");

    assertEquals(FOUND, result.exit(), result.output());
    assertTrue(result.output().contains("weir/v1/geo.proto"), result.output());
  }

  @Test
  void aFieldThatNothingIsSaidOfIsFound() throws Exception {
    change("silent", "  // The characters of the format.\n", "");

    Result result = buf("lint", "silent");

    assertEquals(FOUND, result.exit(), result.output());
    assertTrue(result.output().contains("encoded"), result.output());
  }
}
