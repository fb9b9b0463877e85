package dev.weir.proxy.rides;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs what callers carry around and bring back: content that anybody can read, and its
 * HMAC-SHA256 (RFC 2104), as URL-safe base64. Immutable; thread-safe; costs some microseconds.
 */
final class Seal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 32;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;

  /** What a text is for: one is never good for the other. */
  enum Use {
    QUOTE('q'),
    PAGE('p');

    private final byte mark;

    Use(char mark) {
      this.mark = (byte) mark;
    }
  }

  /**
   * @param key at least one byte
   */
  Seal(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** A text that holds the content. */
  String sign(Use use, String tenant, byte[] content) {
    return TEXT.encodeToString(
        ByteBuffer.allocate(content.length + MAC_BYTES)
            .put(content)
            .put(mac(use, tenant, content))
            .array());
  }

  /**
   * The content of a text.
   *
   * @param bytes length of the content
   * @return {@code null} if the text was not signed with this key, for this use and tenant
   */
  @Nullable ByteBuffer open(Use use, String tenant, String text, int bytes) {
    byte[] all = decoded(text, bytes + MAC_BYTES);
    if (all == null) {
      return null;
    }
    byte[] content = Arrays.copyOf(all, bytes);
    byte[] mac = Arrays.copyOfRange(all, bytes, all.length);
    return MessageDigest.isEqual(mac, mac(use, tenant, content)) ? ByteBuffer.wrap(content) : null;
  }

  private static byte @Nullable [] decoded(String text, int bytes) {
    if (text.length() != (bytes * 4 + 2) / 3) {
      return null;
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      return TEXT.encodeToString(all).equals(text) ? all : null; // there is one spelling of each
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }

  private byte[] mac(Use use, String tenant, byte[] content) {
    byte[] name = tenant.getBytes(UTF_8);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ByteBuffer.allocate(5).put(use.mark).putInt(name.length).flip());
      mac.update(name);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
