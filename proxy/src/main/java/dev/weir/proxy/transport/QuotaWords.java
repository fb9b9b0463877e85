package dev.weir.proxy.transport;

import dev.weir.proxy.path.Standing;
import dev.weir.proxy.path.Standing.Allowance;
import org.jspecify.annotations.Nullable;

/**
 * How callers are told of their quota, whatever carries it: the structured fields of
 * draft-ietf-httpapi-ratelimit-headers-10.
 */
public final class QuotaWords {

  /** Name of the field that says what there is. */
  public static final String POLICY = "RateLimit-Policy";

  /** Name of the field that says what is left of it. */
  public static final String LEFT = "RateLimit";

  private QuotaWords() {}

  /** What there is, as {@code "second";q=1000;w=10;qu="cost-units"}. */
  public static String policy(Standing standing) {
    StringBuilder text = new StringBuilder(96);
    policy(text, "second", standing.second());
    policy(text, "day", standing.day());
    return text.toString();
  }

  private static void policy(StringBuilder text, String name, @Nullable Allowance allowance) {
    if (allowance != null) {
      member(text, name).append(";q=").append(allowance.units());
      text.append(";w=").append(allowance.windowSeconds()).append(";qu=\"cost-units\"");
    }
  }

  /** What is left and when all of it will be back, as {@code "second";r=250;t=8}. */
  public static String left(Standing standing) {
    StringBuilder text = new StringBuilder(64);
    left(text, "second", standing.second());
    left(text, "day", standing.day());
    return text.toString();
  }

  private static void left(StringBuilder text, String name, @Nullable Allowance allowance) {
    if (allowance != null) {
      member(text, name).append(";r=").append(allowance.leftUnits());
      text.append(";t=").append(allowance.resetSeconds());
    }
  }

  private static StringBuilder member(StringBuilder text, String name) {
    return text.append(text.isEmpty() ? "\"" : ", \"").append(name).append('"');
  }
}
