package dev.weir.benchmarks.load;

/** The run cannot go on; the message is one sentence for whoever started it. */
final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LoadException(String message) {
    super(message);
  }
}
