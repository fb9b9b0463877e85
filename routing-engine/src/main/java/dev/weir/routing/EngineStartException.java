package dev.weir.routing;

/** The map could not be loaded; the message is one line for the person who starts the server. */
public final class EngineStartException extends Exception {

  private static final long serialVersionUID = 1;

  public EngineStartException(String message) {
    super(message);
  }

  public EngineStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
