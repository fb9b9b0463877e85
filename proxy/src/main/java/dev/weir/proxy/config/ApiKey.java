package dev.weir.proxy.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller proves with whose calls it makes. Only its SHA-256 is kept: nobody can read a key
 * out of memory or print it by mistake, and how long comparing takes says nothing of a key.
 * Immutable.
 */
public final class ApiKey {

  /** Shorter ones can be guessed. */
  static final int SHORTEST = 8;

  static final int LONGEST = 128;

  private final byte[] digest;

  private ApiKey(byte[] digest) {
    this.digest = digest;
  }

  /** The key that is so written, or {@code null} if none is. Costs about half a microsecond. */
  public static @Nullable ApiKey of(String text) {
    if (text.length() < SHORTEST || text.length() > LONGEST) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
        return null;
      }
    }
    return new ApiKey(sha256(text.getBytes(US_ASCII)));
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKey key && MessageDigest.isEqual(digest, key.digest);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(digest).getInt();
  }

  @Override
  public String toString() {
    return Forms.MASK;
  }
}
