package dev.weir.proxy.path;

/** Step 4. Thread-safe; costs nanoseconds. */
@FunctionalInterface
public interface Classifier {

  /**
   * @param traits of what is going to be computed, which may be less than what was asked for
   */
  Profile classify(Call call, Identity identity, Traits traits);
}
