package dev.weir.proxy.transport;

import dev.weir.proxy.path.Priority;
import org.jspecify.annotations.Nullable;

/** Reads what callers say of themselves, whatever carries it. */
public final class Claim {

  private static final String BEARER = "Bearer ";
  private static final Priority[] PRIORITIES = Priority.values();

  /** Longer names are cut; nothing but their hash is ever used. */
  private static final int LONGEST_USER = 128;

  private Claim() {}

  /**
   * @return {@code null} if there is no such priority
   */
  public static @Nullable Priority priority(String word) {
    for (Priority priority : PRIORITIES) {
      if (priority.name().equalsIgnoreCase(word)) {
        return priority;
      }
    }
    return null;
  }

  /** The token out of an {@code Authorization} header, {@code null} if it holds none. */
  public static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  /** The name of a user, of which no more is kept than is of use. */
  public static @Nullable String user(@Nullable String name) {
    return name == null || name.length() <= LONGEST_USER ? name : name.substring(0, LONGEST_USER);
  }

  /** Whether an answer without a way, from straight lines, is better than none. */
  public static boolean estimateWelcome(@Nullable String accept) {
    return "estimate".equalsIgnoreCase(accept);
  }
}
