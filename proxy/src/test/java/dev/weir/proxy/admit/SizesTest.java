package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SizesTest {

  @Test
  void eachClassBeginsWithItsLeastCost() {
    for (int size = 1; size < Sizes.COUNT; size++) {
      assertEquals(size, Sizes.of(Sizes.nanos(size)));
      assertEquals(size - 1, Sizes.of(Sizes.nanos(size) - 1));
    }
  }

  @Test
  void thereAreTwoClassesPerOctave() {
    for (int size = 2; size < Sizes.COUNT; size++) {
      assertEquals(2 * Sizes.nanos(size - 2), Sizes.nanos(size));
    }
  }

  @Test
  void whatIsLessIsInTheFirstClassAndWhatIsMoreInTheLast() {
    assertEquals(0, Sizes.of(0));
    assertEquals(0, Sizes.of(1));
    assertEquals(Sizes.COUNT - 1, Sizes.of(Long.MAX_VALUE));
  }
}
