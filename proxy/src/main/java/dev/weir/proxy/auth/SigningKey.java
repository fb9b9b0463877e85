package dev.weir.proxy.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key, and the one way to sign that its kind stands for: what a token says of it decides
 * nothing. Immutable.
 *
 * @param id that tokens name it by, {@code null} if it has none
 * @param algorithms names of that way in tokens
 * @param signature its name in Java
 */
record SigningKey(
    @Nullable String id, PublicKey key, Set<JWSAlgorithm> algorithms, String signature) {

  /** Shorter ones can be broken (RFC 7518, 3.3). */
  private static final int SHORTEST_RSA_BITS = 2_048;

  private static final int ED25519_BYTES = 32;

  /**
   * The key that is so published.
   *
   * @return {@code null} if it is of another kind, or for something else
   * @throws UnusableKeys if it is of such a kind and none
   */
  static @Nullable SigningKey of(JWK published) throws UnusableKeys {
    try {
      if (KeyUse.ENCRYPTION.equals(published.getKeyUse())) {
        return null;
      }
      SigningKey key =
          switch (published) {
            case RSAKey rsa -> rsa(rsa);
            case ECKey ec -> ec(ec);
            case OctetKeyPair pair -> ed25519(pair);
            default -> null; // a secret, by which nobody but us could sign
          };
      return key != null && key.allows(published) ? key : null;
    } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
      throw new UnusableKeys("holds a key that cannot be read", e);
    }
  }

  private static @Nullable SigningKey rsa(RSAKey key) throws JOSEException {
    return key.size() < SHORTEST_RSA_BITS
        ? null
        : new SigningKey(
            key.getKeyID(), key.toRSAPublicKey(), Set.of(JWSAlgorithm.RS256), "SHA256withRSA");
  }

  private static @Nullable SigningKey ec(ECKey key) throws JOSEException {
    return Curve.P_256.equals(key.getCurve())
        ? new SigningKey(
            key.getKeyID(),
            key.toECPublicKey(),
            Set.of(JWSAlgorithm.ES256),
            "SHA256withECDSAinP1363Format")
        : null;
  }

  /** In a token it is called by its kind of curve, and since RFC 9864 by its own name. */
  private static @Nullable SigningKey ed25519(OctetKeyPair key) throws GeneralSecurityException {
    return Curve.Ed25519.equals(key.getCurve())
        ? new SigningKey(
            key.getKeyID(),
            ed25519(key.getDecodedX()),
            Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519),
            "Ed25519")
        : null;
  }

  /** From the form of RFC 8032, 5.1.2: y from the lowest byte on, and a bit of x. */
  private static PublicKey ed25519(byte[] encoded) throws GeneralSecurityException {
    if (encoded.length != ED25519_BYTES) {
      throw new InvalidKeyException("of " + encoded.length + " bytes");
    }
    byte[] y = new byte[ED25519_BYTES];
    for (int i = 0; i < y.length; i++) {
      y[i] = encoded[y.length - 1 - i];
    }
    boolean odd = y[0] < 0;
    y[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private boolean allows(JWK published) {
    return published.getAlgorithm() == null
        || algorithms.stream()
            .anyMatch(each -> each.getName().equals(published.getAlgorithm().getName()));
  }

  /** Whether it has signed that; costs up to a millisecond. */
  boolean hasSigned(byte[] text, byte[] signed) {
    try {
      Signature verifier = Signature.getInstance(signature);
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signed);
    } catch (SignatureException e) {
      return false; // not even the form of one
    } catch (InvalidKeyException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + signature, e);
    }
  }
}
