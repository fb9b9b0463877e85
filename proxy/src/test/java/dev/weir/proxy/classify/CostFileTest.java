package dev.weir.proxy.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.proxy.classify.LearnedCosts.Restored;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Traits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CostFileTest {

  private static final Traits TRAITS = LearnedCostsTest.route("car", 10);

  private final LearnedCosts costs = LearnedCostsTest.costs();
  private @TempDir Path directory;
  private Path file = Path.of("unset");

  @BeforeEach
  void learn() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      Traits traits = LearnedCostsTest.route("foot", random.nextDouble(100));
      costs.learn(costs.estimate(traits), random.nextLong(1_000_000_000), 1_000);
      costs.learn(costs.estimate(TRAITS), random.nextLong(1_000_000_000), 1_000);
    }
    file = directory.resolve("costs");
    costs.save(file);
  }

  private Estimate restored(Restored expected, LearnedCosts into) {
    assertEquals(expected, into.load(file));
    return into.estimate(TRAITS);
  }

  private void isIgnored(Restored why) {
    Estimate prior = LearnedCostsTest.costs().estimate(TRAITS);
    assertEquals(prior, restored(why, LearnedCostsTest.costs()));
  }

  @Test
  void whatWasLearnedSurvives() {
    LearnedCosts next = LearnedCostsTest.costs();
    assertNotEquals(next.estimate(TRAITS), costs.estimate(TRAITS));
    assertEquals(costs.estimate(TRAITS), restored(Restored.ALL, next));
    Traits far = LearnedCostsTest.route("foot", 90);
    assertEquals(costs.estimate(far), next.estimate(far));
  }

  @Test
  void savingAgainReplacesTheFileAndLeavesNothingElse() throws IOException {
    costs.learn(costs.estimate(TRAITS), 1, 1);
    costs.save(file);
    assertEquals(costs.estimate(TRAITS), restored(Restored.ALL, LearnedCostsTest.costs()));
    try (var files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void whereThereIsNoFileNothingIsKnown() throws IOException {
    Files.delete(file);
    isIgnored(Restored.NOTHING);
  }

  @Test
  void aFileThatWasCutOffIsIgnoredWhereverThatWas() throws IOException {
    LearnedCosts next = LearnedCostsTest.costs();
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertEquals(Restored.DAMAGED, next.load(file));
    }
    isIgnored(Restored.DAMAGED);
  }

  @Test
  void aFileWithAWrongBitIsIgnored() throws IOException {
    LearnedCosts next = LearnedCostsTest.costs();
    byte[] bytes = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertEquals(Restored.DAMAGED, next.load(file));
    }
    isIgnored(Restored.DAMAGED);
  }

  @Test
  void aFileThatIsFarTooLongIsNotEvenRead() throws IOException {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.position(1L << 31);
      channel.write(ByteBuffer.allocate(1));
    }
    isIgnored(Restored.DAMAGED);
  }

  @Test
  void aDirectoryInItsPlaceIsIgnored() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    isIgnored(Restored.DAMAGED);
  }

  @Test
  void costsOfAnotherMapOrOtherProfilesAreIgnored() {
    var profiles = LearnedCostsTest.PROFILES;
    LearnedCosts otherMap = new LearnedCosts(profiles, "map2", 1_000_000, (_, _) -> 100);
    LearnedCosts newerMap = new LearnedCosts(profiles, "map", 1_000_001, (_, _) -> 100);
    LearnedCosts fewer = new LearnedCosts(profiles.subList(0, 2), "map", 1_000_000, (_, _) -> 100);
    for (LearnedCosts other : List.of(otherMap, newerMap, fewer)) {
      Estimate before = other.estimate(TRAITS);
      assertEquals(before, restored(Restored.FOREIGN, other));
    }
  }

  @Test
  void whereNothingCanBeWrittenTheOldFileStays() throws IOException {
    Files.createDirectory(directory.resolve("costs.new"));
    assertThrows(IOException.class, () -> costs.save(file));
    assertEquals(Restored.ALL, LearnedCostsTest.costs().load(file));
  }
}
