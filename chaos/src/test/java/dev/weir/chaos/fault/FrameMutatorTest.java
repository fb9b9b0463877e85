package dev.weir.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FrameMutatorTest {

  private static final List<String> HEAD = Frames.callHead("/a/b");
  private static final byte[] REQUEST = {10, 3, 'c', 'a', 'r'};

  @Test
  void saysTheSameForTheSameSeed() {
    FrameMutator one = new FrameMutator(HEAD, REQUEST, 7);
    FrameMutator other = new FrameMutator(HEAD, REQUEST, 7);
    for (int i = 0; i < 200; i++) {
      assertArrayEquals(one.next(), other.next());
    }
  }

  @Test
  void saysManyDifferentThingsAndNeverTheCallItself() {
    FrameMutator mutator = new FrameMutator(HEAD, REQUEST, 7);
    String call =
        text(Frames.join(Frames.hello(), Frames.request(1, HEAD, Frames.message(REQUEST))));
    Set<String> said = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      said.add(text(mutator.next()));
    }
    assertTrue(said.size() > 200, "only " + said.size() + " are different");
    assertTrue(!said.contains(call));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
