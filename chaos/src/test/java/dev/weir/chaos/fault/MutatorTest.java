package dev.weir.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MutatorTest {

  @Test
  void saysTheSameForTheSameSeed() {
    Mutator one = new Mutator("/a?b=c", 7);
    Mutator other = new Mutator("/a?b=c", 7);
    for (int i = 0; i < 100; i++) {
      assertArrayEquals(one.next(), other.next());
    }
  }

  @Test
  void saysSomethingElseEachTimeAndNeverNothing() {
    Mutator mutator = new Mutator("/a?b=c", 7);
    Set<String> said = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      String text = new String(mutator.next(), StandardCharsets.ISO_8859_1);
      assertTrue(!text.isEmpty());
      said.add(text);
    }
    assertTrue(said.size() > 150, "only " + said.size() + " are different");
  }
}
