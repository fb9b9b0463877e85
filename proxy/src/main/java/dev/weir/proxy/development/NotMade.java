package dev.weir.proxy.development;

/** A certificate could not be made; the message is one line for the person who asked for it. */
public final class NotMade extends Exception {

  private static final long serialVersionUID = 1;

  NotMade(String message) {
    super(message);
  }

  NotMade(String message, Throwable cause) {
    super(message, cause);
  }
}
