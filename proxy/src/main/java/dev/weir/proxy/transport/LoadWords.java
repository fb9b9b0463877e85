package dev.weir.proxy.transport;

import dev.weir.proxy.path.Priority;
import org.jspecify.annotations.Nullable;

/** How callers are told of the load, whatever carries it. */
public final class LoadWords {

  private static final int FULL_PERCENT = 100;

  private LoadWords() {}

  /** As {@code 1.25}. */
  public static String load(int percent) {
    int hundredths = percent % FULL_PERCENT;
    return percent / FULL_PERCENT + (hundredths < 10 ? ".0" : ".") + hundredths;
  }

  /**
   * @param lowest tier of which nobody is refused for want of room, {@code null} if there is none
   */
  public static String admission(@Nullable Priority lowest) {
    return switch (lowest) {
      case null -> "none";
      case CRITICAL -> "critical";
      case DEFAULT -> "default";
      case SHEDDABLE -> "sheddable";
      case BATCH -> "all";
    };
  }
}
