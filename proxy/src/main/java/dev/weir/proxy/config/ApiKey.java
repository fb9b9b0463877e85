package dev.weir.proxy.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /** Before a digest that is written instead of a key. */
  private static final String HASHED = "sha256:";

  private static final int DIGEST_BYTES = 32;

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

  /**
   * As settings have it: the key itself, or {@code sha256:} and its digest in hexadecimal. Never
   * for what callers bring, or else whoever reads a digest has the key.
   *
   * @return {@code null} if it is neither
   */
  static @Nullable ApiKey written(String text) {
    if (!text.startsWith(HASHED)) {
      return of(text);
    }
    try {
      byte[] digest = HexFormat.of().parseHex(text, HASHED.length(), text.length());
      return digest.length == DIGEST_BYTES ? new ApiKey(digest) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The digest, to be written into settings instead of the key. */
  public String hashed() {
    return HASHED + HexFormat.of().formatHex(digest);
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
