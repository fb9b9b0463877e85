package dev.weir.proxy.path;

/**
 * Whose a call is. Made by step 3.
 *
 * @param tenant whose share it counts against
 * @param weight of that share, relative to others
 * @param priority what it asked for, and never more than it may
 */
public record Identity(String tenant, double weight, Priority priority) {

  /** A tenant like any other. */
  public static Identity of(String tenant) {
    return new Identity(tenant, 1, Priority.DEFAULT);
  }
}
