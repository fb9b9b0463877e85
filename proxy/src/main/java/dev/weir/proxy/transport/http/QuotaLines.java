package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Standing;
import dev.weir.proxy.path.Standing.Allowance;
import dev.weir.proxy.transport.QuotaWords;
import org.jspecify.annotations.Nullable;

/**
 * The header lines that tell a tenant of its quota. Of that of the day also those that clients of
 * GraphHopper's hosted service know.
 */
final class QuotaLines {

  private QuotaLines() {}

  /**
   * @param standing {@code null} for who has no quota
   */
  static HeaderLines of(@Nullable Standing standing) {
    if (standing == null) {
      return HeaderLines.NONE;
    }
    StringBuilder lines = new StringBuilder(512);
    line(lines, QuotaWords.POLICY).append(QuotaWords.policy(standing)).append("\r\n");
    line(lines, QuotaWords.LEFT).append(QuotaWords.left(standing)).append("\r\n");
    Allowance day = standing.day();
    if (day != null) {
      line(lines, "X-RateLimit-Limit").append(day.units()).append("\r\n");
      line(lines, "X-RateLimit-Remaining").append(day.leftUnits()).append("\r\n");
      line(lines, "X-RateLimit-Reset").append(day.resetSeconds()).append("\r\n");
    }
    // Web pages are let see them.
    line(lines, "Access-Control-Expose-Headers")
        .append("RateLimit, RateLimit-Policy, Retry-After")
        .append(day == null ? "" : ", X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset")
        .append("\r\n");
    return HeaderLines.of(lines.toString());
  }

  private static StringBuilder line(StringBuilder lines, String name) {
    return lines.append(name).append(": ");
  }
}
