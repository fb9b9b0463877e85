package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as connection and head of a request tell. Nothing of it was checked but the
 * subject and the proof.
 *
 * @param address of the peer
 * @param credential an API key or a token as sent
 * @param claimed the priority that was asked for
 * @param user on whose behalf, as the caller names its users
 * @param estimateWelcome an answer without a way, from straight lines, is better than none
 * @param subject name in the certificate that the connection was secured with, which was verified;
 *     {@code null} if there is none
 * @param proof what became of the token, {@code null} if there is none, or nobody has looked at it
 */
public record Caller(
    String address,
    @Nullable String credential,
    @Nullable Priority claimed,
    @Nullable String user,
    boolean estimateWelcome,
    @Nullable String subject,
    @Nullable Proof proof) {

  /** A caller of whose token, if it has one, nothing is known yet. */
  public Caller(
      String address,
      @Nullable String credential,
      @Nullable Priority claimed,
      @Nullable String user,
      boolean estimateWelcome,
      @Nullable String subject) {
    this(address, credential, claimed, user, estimateWelcome, subject, null);
  }

  /** A caller without a certificate. */
  public Caller(
      String address,
      @Nullable String credential,
      @Nullable Priority claimed,
      @Nullable String user,
      boolean estimateWelcome) {
    this(address, credential, claimed, user, estimateWelcome, null);
  }

  /** A caller of whom nothing but its address is known. */
  public static Caller at(String address) {
    return at(address, null);
  }

  /** A caller of whom its address is known and, if it has one, its certificate. */
  public static Caller at(String address, @Nullable String subject) {
    return new Caller(address, null, null, null, false, subject);
  }

  /** The same after a look at its token. */
  public Caller with(Proof found) {
    return new Caller(address, credential, claimed, user, estimateWelcome, subject, found);
  }

  /** Without what may be a secret. */
  @Override
  public String toString() {
    return "Caller[address=" + address + ", claimed=" + claimed + ", subject=" + subject + "]";
  }
}
