package dev.weir.proxy.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came back, unframed and, where it said that it was compressed, inflated.
 *
 * @param headers values by lower-case name, in the order received
 */
record RawReply(int status, Map<String, List<String>> headers, String text) {

  String header(String name) {
    return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /** Readable in a test report: bodies are cut. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder().append(status).append('\n');
    headers.forEach((name, values) -> values.forEach(v -> out.append(name + ": " + v + "\n")));
    return out + "\n" + (text.length() > 1500 ? text.substring(0, 1500) + " …" : text);
  }
}
