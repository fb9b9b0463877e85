package dev.weir.chaos.load;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A protocol: makes lines to a server. */
interface Lines extends AutoCloseable {

  /**
   * Begins to make one.
   *
   * @param then hears of it on the event loop; of {@code null} if it could not be made
   */
  void open(Traffic traffic, Consumer<@Nullable Line> then);

  /** Ends all of them; not to be called on the event loop. */
  @Override
  void close();
}
