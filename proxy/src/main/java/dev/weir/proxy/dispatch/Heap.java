package dev.weir.proxy.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap whose elements know their places, so that one that changed its rank can be moved
 * and any can be removed in logarithmic time, which {@link java.util.PriorityQueue} cannot. An
 * element is in one heap at most. Not thread-safe.
 */
final class Heap<E extends Heap.Node> {

  /** An element; knows its place. */
  abstract static class Node {
    private int place = -1;
  }

  private final List<E> elements = new ArrayList<>();
  private final BiPredicate<E, E> before;

  Heap(BiPredicate<E, E> before) {
    this.before = before;
  }

  int size() {
    return elements.size();
  }

  boolean isEmpty() {
    return elements.isEmpty();
  }

  @Nullable E peek() {
    return elements.isEmpty() ? null : elements.getFirst();
  }

  void add(E element) {
    elements.add(element);
    node(element).place = elements.size() - 1;
    up(elements.size() - 1);
  }

  @Nullable E poll() {
    E first = peek();
    if (first != null) {
      remove(first);
    }
    return first;
  }

  void remove(E element) {
    int place = node(element).place;
    E last = elements.removeLast();
    node(element).place = -1;
    if (place < elements.size()) {
      set(place, last);
      up(place);
      down(node(last).place);
    }
  }

  /** To be called after the rank of an element has changed. */
  void moved(E element) {
    up(node(element).place);
    down(node(element).place);
  }

  /** Removes all that the test says yes to, in linear time. */
  void removeIf(Predicate<E> test, Consumer<E> removed) {
    int kept = 0;
    for (E element : elements) {
      if (test.test(element)) {
        node(element).place = -1;
        removed.accept(element);
      } else {
        set(kept++, element);
      }
    }
    if (kept < elements.size()) {
      elements.subList(kept, elements.size()).clear();
      for (int place = kept / 2 - 1; place >= 0; place--) {
        down(place);
      }
    }
  }

  private Node node(E element) {
    return element;
  }

  private void set(int place, E element) {
    elements.set(place, element);
    node(element).place = place;
  }

  private void up(int from) {
    int place = from;
    E element = elements.get(place);
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (!before.test(element, elements.get(parent))) {
        break;
      }
      set(place, elements.get(parent));
      place = parent;
    }
    set(place, element);
  }

  private void down(int from) {
    int place = from;
    E element = elements.get(place);
    for (int child = 2 * place + 1; child < elements.size(); child = 2 * place + 1) {
      if (child + 1 < elements.size()
          && before.test(elements.get(child + 1), elements.get(child))) {
        child++;
      }
      if (!before.test(elements.get(child), element)) {
        break;
      }
      set(place, elements.get(child));
      place = child;
    }
    set(place, element);
  }
}
