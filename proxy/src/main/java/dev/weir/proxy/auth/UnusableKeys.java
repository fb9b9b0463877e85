package dev.weir.proxy.auth;

/** Keys of an issuer that tokens cannot be verified by; the message is one line. */
public final class UnusableKeys extends Exception {

  private static final long serialVersionUID = 1;

  UnusableKeys(String message) {
    super(message);
  }

  UnusableKeys(String message, Throwable cause) {
    super(message, cause);
  }
}
