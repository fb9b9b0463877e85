package dev.weir.proxy.flood;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One whole answer as it came over the wire.
 *
 * @param headers by lower-case name; of repeated ones the last
 */
record Heard(int status, Map<String, String> headers, String text) {

  @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** Whether the server says that nothing more will come on this connection. */
  boolean last() {
    return "close".equalsIgnoreCase(header("connection"));
  }
}
