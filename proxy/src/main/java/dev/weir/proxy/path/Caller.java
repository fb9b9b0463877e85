package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as the head of a request tells. Nothing of it was checked.
 *
 * @param address of the peer
 * @param credential an API key as sent
 * @param claimed the priority that was asked for
 * @param user on whose behalf, as the caller names its users
 * @param estimateWelcome an answer without a way, from straight lines, is better than none
 */
public record Caller(
    String address,
    @Nullable String credential,
    @Nullable Priority claimed,
    @Nullable String user,
    boolean estimateWelcome) {

  /** A caller of whom nothing but its address is known. */
  public static Caller at(String address) {
    return new Caller(address, null, null, null, false);
  }
}
