package dev.weir.proxy.config;

/**
 * One mistake in what an operator wrote.
 *
 * @param line counted from 1; 0 if it is not in the file
 * @param key dotted name, empty if the file as a whole is meant
 * @param message the rest of the sentence that begins with the key
 */
public record ConfigError(int line, String key, String message) {

  /** As one line for people. */
  public String sentence() {
    return (line > 0 ? "line " + line + ": " : "") + (key.isEmpty() ? "" : key + " ") + message;
  }
}
