package dev.weir.proxy.transport.tls;

import dev.weir.proxy.config.TlsSettings;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The files of a port, all named at once so that they are judged together.
 *
 * @param clientCa {@code null} if callers show no certificate
 */
record TlsFiles(TlsFile certificate, TlsFile key, @Nullable TlsFile clientCa) {

  /**
   * @param group of the settings, for errors
   */
  static TlsFiles of(TlsSettings settings, String group) {
    return new TlsFiles(
        new TlsFile(group + ".certificate", settings.certificate()),
        new TlsFile(group + ".key", settings.key()),
        settings.asksCallers() ? new TlsFile(group + ".client-ca", settings.clientCa()) : null);
  }

  /** Reads them; blocks. */
  Contents read() throws Unusable {
    byte[] shown = certificate.read();
    byte[] secret = key.read();
    key.requireSecret();
    return new Contents(this, shown, secret, clientCa == null ? null : clientCa.read());
  }

  /** What was in them at one time. */
  static final class Contents {

    private final TlsFiles files;
    private final byte[] certificate;
    private final byte[] key;
    private final byte @Nullable [] clientCa;

    private Contents(TlsFiles files, byte[] certificate, byte[] key, byte @Nullable [] clientCa) {
      this.files = files;
      this.certificate = certificate;
      this.key = key;
      this.clientCa = clientCa;
    }

    /** Tells contents apart without keeping them. */
    String digest() {
      try {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (byte[] part : new byte[][] {certificate, key, clientCa == null ? key : clientCa}) {
          sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
          sha256.update(part);
        }
        return HexFormat.of().formatHex(sha256.digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    /**
     * Parses and checks all of it; costs a few milliseconds.
     *
     * @param now when the certificate has to be valid
     */
    Credentials parse(Instant now) throws Unusable {
      CertificateFile chain = CertificateFile.parse(files.certificate, certificate);
      chain.requireValid(now);
      KeyFile pair = KeyFile.parse(files.key, key);
      pair.requireBelongsTo(chain.leaf());
      return new Credentials(
          chain.certificates(),
          pair.key(),
          files.clientCa == null || clientCa == null
              ? null
              : CertificateFile.parse(files.clientCa, clientCa).authorities(),
          chain.expires());
    }
  }
}
