package dev.weir.proxy.transport.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;

/** The private key in a file. */
record KeyFile(TlsFile file, PrivateKey key) {

  /** Kinds of keys, each with the signature by which it is tried out. */
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA");

  private static final String CONVERT = "openssl pkcs8 -topk8 -nocrypt makes one of it";

  static KeyFile parse(TlsFile file, byte[] contents) throws Unusable {
    List<PemBlock> blocks = PemBlock.in(contents);
    for (PemBlock block : blocks) {
      if (block.label().equals("PRIVATE KEY")) {
        return new KeyFile(file, key(file, block));
      }
    }
    if (blocks.stream().anyMatch(block -> block.label().endsWith("PRIVATE KEY"))) {
      throw file.unusable("is not a key in plain PKCS #8: " + CONVERT);
    }
    throw file.unusable("holds no private key in PEM");
  }

  private static PrivateKey key(TlsFile file, PemBlock block) throws Unusable {
    try {
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(block.bytes());
      for (String algorithm : SIGNATURES.keySet()) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
        } catch (InvalidKeySpecException e) {
          // of another kind, or broken
        }
      }
    } catch (IllegalArgumentException e) {
      throw file.unusable("holds a private key that cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has EC and RSA", e);
    }
    throw file.unusable("holds a private key that is neither EC nor RSA, or cannot be read");
  }

  /** Finds out by having one sign and the other verify. */
  void requireBelongsTo(X509Certificate certificate) throws Unusable {
    if (!verifies(certificate)) {
      throw file.unusable("is not the key of the certificate");
    }
  }

  private boolean verifies(X509Certificate certificate) {
    byte[] text = "weir".getBytes(US_ASCII);
    try {
      Signature signing = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
      signing.initSign(key);
      signing.update(text);
      Signature verifying = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
      verifying.initVerify(certificate.getPublicKey());
      verifying.update(text);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
