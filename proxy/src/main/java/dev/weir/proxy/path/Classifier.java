package dev.weir.proxy.path;

/** Step 4. Thread-safe; costs nanoseconds. */
@FunctionalInterface
public interface Classifier {

  Profile classify(Call call);
}
