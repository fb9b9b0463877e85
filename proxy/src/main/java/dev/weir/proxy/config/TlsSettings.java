package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.nio.file.Path;
import java.time.Duration;

/**
 * TLS of one port. The files are read by those who use them, when they start and again later.
 *
 * @param certificate PEM file with the certificate of the server first, then those above it; the
 *     empty path for clear text
 * @param key PEM file with the private key of that certificate, in PKCS #8, without a password
 * @param clientCa PEM file with the authorities whose certificates callers may show; the empty path
 *     for none
 * @param clientAuth whether callers show a certificate
 * @param handshakeTimeout a connection that is not secured by then is closed
 */
public record TlsSettings(
    Path certificate, Path key, Path clientCa, ClientAuth clientAuth, Duration handshakeTimeout) {

  static final Path NO_FILE = Path.of("");

  /** Clear text. */
  public static final TlsSettings OFF =
      new TlsSettings(NO_FILE, NO_FILE, NO_FILE, ClientAuth.NONE, Duration.ofSeconds(10));

  /** Whether callers show a certificate. */
  public enum ClientAuth {
    /** They are not asked for one. */
    NONE,
    /** Whoever has one shows it; one that does not verify ends the connection. */
    OPTIONAL,
    /** Nobody connects without one. */
    REQUIRED
  }

  public TlsSettings {
    if (!TlsKeys.HANDSHAKE_TIMEOUT.allows(handshakeTimeout)) {
      throw new InvalidSetting("handshake-timeout", "must be " + TlsKeys.HANDSHAKE_TIMEOUT.range());
    }
    if (certificate.equals(NO_FILE) != key.equals(NO_FILE)) {
      throw new InvalidSetting(
          certificate.equals(NO_FILE) ? "certificate" : "key",
          "must be set, since its other half is");
    }
    if (clientCa.equals(NO_FILE) != (clientAuth == ClientAuth.NONE)) {
      // Never silently without: who sets one of the two expects callers to be checked.
      throw clientCa.equals(NO_FILE)
          ? new InvalidSetting("client-ca", "must be set, since client-auth asks for certificates")
          : new InvalidSetting(
              "client-auth", "must be optional or required, since client-ca is set");
    }
    if (certificate.equals(NO_FILE) && clientAuth != ClientAuth.NONE) {
      throw new InvalidSetting("certificate", "must be set, since client-auth needs TLS");
    }
  }

  /** Whether callers may show a certificate. */
  public boolean asksCallers() {
    return clientAuth != ClientAuth.NONE;
  }

  /** Whether the port speaks TLS. */
  public boolean on() {
    return !certificate.equals(NO_FILE);
  }
}
