package dev.weir.proxy.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.weir.proxy.config.TokenSettings;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes real tokens, good and bad ones, by hand, so that a library cannot refuse to. */
public final class TestIssuer {

  public static final String NAME = "https://issuer.example";
  public static final String AUDIENCE = "weir";

  private final String id;
  private final KeyPair pair;
  private final String algorithm;
  private final String signature;
  private final String jwk;

  private TestIssuer(String id, KeyPair pair, String algorithm, String signature, String jwk) {
    this.id = id;
    this.pair = pair;
    this.algorithm = algorithm;
    this.signature = signature;
    this.jwk = jwk;
  }

  public static TestIssuer rsa(String id) {
    return rsa(id, 2_048);
  }

  static TestIssuer rsa(String id, int bits) {
    KeyPair pair = pair("RSA", bits);
    String jwk = new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(id).build().toString();
    return new TestIssuer(id, pair, "RS256", "SHA256withRSA", jwk);
  }

  public static TestIssuer ec(String id) {
    KeyPair pair = pair("EC", 256);
    String jwk =
        new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).keyID(id).build().toString();
    return new TestIssuer(id, pair, "ES256", "SHA256withECDSAinP1363Format", jwk);
  }

  public static TestIssuer ed25519(String id) {
    KeyPair pair = pair("Ed25519", 255);
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    String jwk =
        new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).keyID(id).build().toString();
    return new TestIssuer(id, pair, "EdDSA", "Ed25519", jwk);
  }

  private static KeyPair pair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What these issuers publish. */
  public static String jwks(TestIssuer... issuers) {
    return Stream.of(issuers)
        .map(issuer -> issuer.jwk)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  /** Settings by which its tokens are taken. */
  public static TokenSettings settings(String jwks) {
    return new TokenSettings(
        jwks, NAME, AUDIENCE, Duration.ofSeconds(30), Duration.ofMinutes(10), "sub", "tier");
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  String jwk() {
    return jwk;
  }

  static String claims(String subject, Instant expires) {
    return claims(subject, expires, "");
  }

  /**
   * @param more ends in a comma, or is empty
   */
  static String claims(String subject, Instant expires, String more) {
    return String.format(
        "{%s\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"exp\":%d}",
        more, NAME, AUDIENCE, subject, expires.getEpochSecond());
  }

  String header() {
    return String.format("{\"alg\":\"%s\",\"kid\":\"%s\"}", algorithm, id);
  }

  /** A good one. */
  public String token(String subject, Instant expires) {
    return token(claims(subject, expires));
  }

  String token(String claims) {
    return token(header(), claims);
  }

  String token(String header, String claims) {
    String text = unsigned(header, claims);
    try {
      Signature signer = Signature.getInstance(signature);
      signer.initSign(pair.getPrivate());
      signer.update(text.getBytes(US_ASCII));
      return text + "." + Base64URL.encode(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String unsigned(String header, String claims) {
    return Base64URL.encode(header.getBytes(UTF_8))
        + "."
        + Base64URL.encode(claims.getBytes(UTF_8));
  }
}
