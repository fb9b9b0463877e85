package dev.weir.benchmarks.load;

/** The run cannot go on; the message is one sentence for whoever started it. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LoadException(String message) {
    super(message);
  }
}
