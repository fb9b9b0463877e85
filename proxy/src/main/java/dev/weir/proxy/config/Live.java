package dev.weir.proxy.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A value that may be swapped whole while the server runs. Whoever depends on it asks at each
 * decision, and once per decision, so that none is made by half of one value and half of another.
 * Thread-safe; asking is one volatile read.
 */
public final class Live<T> implements Supplier<T> {

  private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
  private volatile T value;

  public Live(T first) {
    value = first;
  }

  @Override
  public T get() {
    return value;
  }

  /** Swaps the value, unless it is the same, and whatever was made of it. */
  public synchronized void set(T next) {
    if (next.equals(value)) {
      return;
    }
    value = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  /** The listener hears every further value, on the thread that brings it; it must not throw. */
  public synchronized void onChange(Consumer<? super T> listener) {
    listeners.add(listener);
  }

  /**
   * A part of the value, or what is made of it; stays up to date.
   *
   * @param make called once per value; must not throw
   */
  public synchronized <R> Live<R> map(Function<? super T, R> make) {
    Live<R> part = new Live<>(make.apply(value));
    onChange(next -> part.set(make.apply(next)));
    return part;
  }
}
