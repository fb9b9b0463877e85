package dev.weir.proxy.transport.tls;

/** Files that TLS cannot be served with; the message is one line that names setting and file. */
final class Unusable extends Exception {

  private static final long serialVersionUID = 1;

  Unusable(String message) {
    super(message);
  }

  Unusable(String message, Throwable cause) {
    super(message, cause);
  }

  /** The line. */
  String line() {
    return String.valueOf(getMessage());
  }
}
