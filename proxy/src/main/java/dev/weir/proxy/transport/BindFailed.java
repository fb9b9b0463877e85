package dev.weir.proxy.transport;

/** A port could not be opened; the message is one line for the person who starts the server. */
public final class BindFailed extends Exception {

  private static final long serialVersionUID = 1;

  public BindFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
