package dev.weir.proxy.development;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;

/**
 * The two files of a certificate, in PEM.
 *
 * @param certificate everybody may read it
 * @param key of mode 600
 */
public record Pair(Path certificate, Path key) {

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  static Pair in(Path dir, String name) {
    return new Pair(dir.resolve(name + ".pem"), dir.resolve(name + "-key.pem"));
  }

  boolean exists() {
    return Files.exists(certificate) || Files.exists(key);
  }

  void requireAbsent() throws NotMade {
    for (Path file : new Path[] {certificate, key}) {
      if (Files.exists(file)) {
        throw new NotMade(file + " exists already: remove it, or name another --out");
      }
    }
  }

  /** Writes both; overwrites nothing. */
  void write(Certificate shown, PrivateKey secret) throws IOException, GeneralSecurityException {
    write(key, "rw-------", KEY, secret.getEncoded());
    write(certificate, "rw-r--r--", CERTIFICATE, shown.getEncoded());
  }

  private static void write(Path file, String mode, String label, byte[] bytes) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String text = "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
      ByteBuffer rest = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  Certificate readCertificate() throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
  }

  PrivateKey readKey() throws IOException, GeneralSecurityException {
    String base64 =
        Files.readString(key)
            .replace("-----BEGIN " + KEY + "-----", "")
            .replace("-----END " + KEY + "-----", "");
    byte[] encoded = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }
}
