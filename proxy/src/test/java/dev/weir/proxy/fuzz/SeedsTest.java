package dev.weir.proxy.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The inputs that are kept: what fuzzing starts from, and what it once found. Jazzer itself is not
 * here, since it changes all classes of a JVM: {@link Fuzzing} starts it in others.
 */
final class SeedsTest {

  private static final Path SEEDS = Path.of("src/test/fuzz");

  /** Quick enough for every build. */
  private static final int CHANGED_OF_EACH = 40;

  private static final long SEED = 20_261_129;

  private static List<Path> seeds(Target target) throws IOException {
    try (Stream<Path> files = Files.list(SEEDS.resolve(target.directory()))) {
      List<Path> seeds = files.sorted().toList();
      assertFalse(seeds.isEmpty());
      return seeds;
    }
  }

  private static void read(Target target, byte[] input, String what) {
    try {
      target.read(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(target + " fails on " + what + ": " + Arrays.toString(input), e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasFoundOnceIsReadAsItShouldBe(Target target) throws IOException {
    for (Path seed : seeds(target)) {
      read(target, Files.readAllBytes(seed), seed.getFileName().toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMuchLikeItIsToo(Target target) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (Path seed : seeds(target)) {
      byte[] input = Files.readAllBytes(seed);
      for (int i = 0; i < CHANGED_OF_EACH; i++) {
        read(target, changed(input, random), seed.getFileName() + ", changed");
      }
    }
  }

  /** Some bytes are others, and a part is left out or there twice. */
  private static byte[] changed(byte[] input, SplittableRandom random) {
    byte[] changed = input.clone();
    for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    int from = random.nextInt(changed.length + 1);
    int to = random.nextInt(changed.length + 1);
    return switch (random.nextInt(3)) {
      case 0 -> joined(Arrays.copyOf(changed, from), changed, to);
      case 1 -> Arrays.copyOf(changed, from);
      default -> changed;
    };
  }

  private static byte[] joined(byte[] head, byte[] whole, int from) {
    byte[] all = Arrays.copyOf(head, head.length + whole.length - from);
    System.arraycopy(whole, from, all, head.length, whole.length - from);
    return all;
  }
}
