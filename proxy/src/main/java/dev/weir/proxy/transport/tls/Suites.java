package dev.weir.proxy.transport.tls;

import java.time.Duration;
import java.util.List;

/**
 * What ports agree to: TLS 1.3 and 1.2 with authenticated encryption and forward secrecy, the
 * «intermediate» recommendation of RFC 9325.
 */
public final class Suites {

  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** The best first; each costs about the same, but ChaCha20 is for machines without AES. */
  public static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** What a caller once proved is asked for again after that, even if it resumes a session. */
  public static final Duration SESSION = Duration.ofMinutes(5);

  private Suites() {}

  /**
   * For TLS by Java, before the first connection: to negotiate anew costs us more than the caller.
   * BoringSSL does not know how to.
   */
  public static void refuseRenegotiation() {
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }
}
