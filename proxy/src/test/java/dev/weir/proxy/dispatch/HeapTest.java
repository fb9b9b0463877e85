package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HeapTest {

  private static final long SEED = 20261122;

  private final Heap<Item> heap = new Heap<>((a, b) -> a.rank < b.rank);
  private final List<Item> model = new ArrayList<>();

  private static final class Item extends Heap.Node {
    private long rank;

    Item(long rank) {
      this.rank = rank;
    }
  }

  @Test
  void anEmptyHeapGivesNothing() {
    assertNull(heap.peek());
    assertNull(heap.poll());
  }

  @Test
  void agreesWithASortedListUnderAnySequenceOfChanges() {
    SplittableRandom random = new SplittableRandom(SEED);
    long unique = 0;
    for (int step = 0; step < 20_000; step++) {
      long rank = (random.nextInt(1000) << 20) + unique++;
      int what = random.nextInt(10);
      if (what < 5 || model.isEmpty()) {
        Item item = new Item(rank);
        heap.add(item);
        model.add(item);
      } else if (what < 7) {
        Item first = model.stream().min(Comparator.comparingLong(i -> i.rank)).orElseThrow();
        assertEquals(first.rank, Objects.requireNonNull(heap.poll()).rank, "seed " + SEED);
        model.remove(first);
      } else if (what == 7) {
        Item any = model.remove(random.nextInt(model.size()));
        heap.remove(any);
      } else if (what == 8) {
        Item any = model.get(random.nextInt(model.size()));
        any.rank = rank;
        heap.moved(any);
      } else if (random.nextInt(50) == 0) {
        List<Item> removed = new ArrayList<>();
        heap.removeIf(item -> item.rank % 3 == 0, removed::add);
        assertEquals(model.stream().filter(item -> item.rank % 3 == 0).count(), removed.size());
        model.removeAll(removed);
      }
      assertEquals(model.size(), heap.size());
    }
  }
}
