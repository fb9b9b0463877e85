package dev.weir.proxy.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.weir.proxy.auth.TokenReader.Worth;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.TokenObserver.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens are worth, by keys of every kind that is accepted. */
final class TokenReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-02T06:08:15Z");
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));

  private static final TestIssuer RSA = TestIssuer.rsa("r");
  private static final TestIssuer EC = TestIssuer.ec("e");
  private static final TestIssuer EDWARDS = TestIssuer.ed25519("d");
  private static final TestIssuer OTHER = TestIssuer.ec("e");
  private static final KeySet KEYS = keys(TestIssuer.jwks(RSA, EC, EDWARDS));

  private final TokenReader reader = new TokenReader(TestIssuer.settings("jwks.json"), _ -> true);

  private static KeySet keys(String jwks) {
    try {
      return KeySet.parse(jwks.getBytes(UTF_8));
    } catch (UnusableKeys e) {
      throw new AssertionError(e);
    }
  }

  private Worth read(String token) {
    return reader.read(token, KEYS, NOW);
  }

  private Proof.Verified proof(String token) {
    return assertInstanceOf(Worth.Something.class, read(token)).proof();
  }

  private void worthless(Finding why, String token) {
    assertEquals(new Worth.Nothing(why), read(token));
  }

  @Test
  void verifiesWhatAKeyOfAnyKindHasSigned() {
    for (TestIssuer issuer : new TestIssuer[] {RSA, EC, EDWARDS}) {
      Proof.Verified proof = proof(issuer.token("rider-7", LATER));

      assertEquals("rider-7", proof.claim());
      assertEquals(Priority.CRITICAL, proof.highest());
      assertEquals(LATER.plusSeconds(30).toEpochMilli(), proof.untilMillis());
    }
  }

  @Test
  void callsAKeyOnTheCurveOfEdwardsByItsNewNameToo() {
    String token =
        EDWARDS.token("{\"alg\":\"Ed25519\",\"kid\":\"d\"}", TestIssuer.claims("rider-7", LATER));

    assertEquals("rider-7", proof(token).claim());
  }

  @Test
  void noticesEveryChangedCharacterOfWhatWasSigned() {
    for (TestIssuer issuer : new TestIssuer[] {RSA, EC, EDWARDS}) {
      String token = issuer.token("rider-7", LATER);
      String claims = TestIssuer.claims("rider-8", LATER);
      String other = Base64URL.encode(claims.getBytes(UTF_8)).toString();
      String[] parts = token.split("\\.", -1);

      worthless(Finding.FORGED, parts[0] + "." + other + "." + parts[2]);
      worthless(Finding.MALFORMED, parts[0] + "." + parts[1] + ".");
      worthless(Finding.FORGED, parts[0] + "." + parts[1] + ".AAAA");
    }
    worthless(Finding.FORGED, OTHER.token("rider-7", LATER));
  }

  @Test
  void aSignatureOfZeroesIsNone() {
    String text = TestIssuer.unsigned(EC.header(), TestIssuer.claims("rider-7", LATER));

    worthless(Finding.FORGED, text + "." + Base64URL.encode(new byte[64]));
  }

  @Test
  void takesNoTokenThatNobodyHasSigned() {
    String claims = TestIssuer.claims("rider-7", LATER);

    for (String none : new String[] {"none", "None", "NONE", "nOnE", ""}) {
      worthless(Finding.MALFORMED, TestIssuer.unsigned("{\"alg\":\"" + none + "\"}", claims) + ".");
    }
    worthless(Finding.MALFORMED, TestIssuer.unsigned("{}", claims) + ".");
  }

  @Test
  void takesNoPublicKeyForASecret() throws Exception {
    String text =
        TestIssuer.unsigned(
            "{\"alg\":\"HS256\",\"kid\":\"r\"}", TestIssuer.claims("rider-7", LATER));
    byte[] der = RSA.publicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";

    for (byte[] secret : new byte[][] {der, pem.getBytes(US_ASCII), RSA.jwk().getBytes(UTF_8)}) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      worthless(
          Finding.MALFORMED, text + "." + Base64URL.encode(mac.doFinal(text.getBytes(US_ASCII))));
    }
  }

  @Test
  void takesNoAlgorithmThatIsNotThatOfTheKey() {
    String claims = TestIssuer.claims("rider-7", LATER);

    worthless(Finding.MALFORMED, EC.token("{\"alg\":\"ES256\",\"kid\":\"r\"}", claims));
    worthless(Finding.MALFORMED, RSA.token("{\"alg\":\"RS256\",\"kid\":\"e\"}", claims));
    worthless(Finding.MALFORMED, RSA.token("{\"alg\":\"PS256\",\"kid\":\"r\"}", claims));
    worthless(Finding.MALFORMED, RSA.token("{\"alg\":\"RS512\",\"kid\":\"r\"}", claims));
  }

  @Test
  void looksAtNoKeyThatATokenBringsAlong() {
    String claims = TestIssuer.claims("rider-7", LATER);
    String header = "{\"alg\":\"ES256\",\"jwk\":" + OTHER.jwk() + ",\"kid\":\"%s\"}";

    worthless(Finding.FORGED, OTHER.token(String.format(header, "e"), claims));
    worthless(Finding.UNKNOWN_KEY, OTHER.token(String.format(header, "mine"), claims));
  }

  @Test
  void aTokenEndsWhenItSaysSoButForTheSkewOfClocks() {
    assertEquals("a", proof(EC.token("a", NOW.minusSeconds(29))).claim());
    worthless(Finding.UNTIMELY, EC.token("a", NOW.minusSeconds(30)));
    worthless(Finding.UNTIMELY, EC.token("a", Instant.EPOCH));
    worthless(Finding.UNTIMELY, EC.token("a", Instant.ofEpochSecond(Long.MAX_VALUE / 1_000)));
  }

  @Test
  void aTokenBeginsWhenItSaysSoButForTheSkewOfClocks() {
    String claims = TestIssuer.claims("a", LATER, "\"nbf\":%d,");

    assertEquals("a", proof(EC.token(String.format(claims, NOW.getEpochSecond() + 30))).claim());
    worthless(Finding.UNTIMELY, EC.token(String.format(claims, NOW.getEpochSecond() + 31)));
  }

  @Test
  void aTokenIsOfThatIssuerAndForThisServer() {
    String claims = TestIssuer.claims("a", LATER);

    worthless(Finding.FOREIGN, EC.token(claims.replace(TestIssuer.NAME, "https://evil.example")));
    worthless(Finding.FOREIGN, EC.token(claims.replace("\"weir\"", "\"weir2\"")));
    worthless(Finding.FOREIGN, EC.token(claims.replace("\"aud\":\"weir\",", "")));
    worthless(
        Finding.FOREIGN, EC.token(claims.replace("\"iss\":\"" + TestIssuer.NAME + "\",", "")));
    assertEquals("a", proof(EC.token(claims.replace("\"weir\"", "[\"other\",\"weir\"]"))).claim());
  }

  @Test
  void aTokenSaysWhenItEndsAndWhoseItIs() {
    String claims = TestIssuer.claims("a", LATER);

    worthless(Finding.MALFORMED, EC.token(claims.replaceAll(",\"exp\":\\d+", "")));
    worthless(Finding.MALFORMED, EC.token(claims.replaceAll("\"exp\":(\\d+)", "\"exp\":\"$1\"")));
    worthless(Finding.MALFORMED, EC.token(claims.replace("\"sub\":\"a\",", "")));
    worthless(Finding.MALFORMED, EC.token(claims.replace("\"a\"", "[\"a\"]")));
    worthless(Finding.MALFORMED, EC.token(claims.replace("\"a\"", "\"" + "a".repeat(513) + "\"")));
  }

  @Test
  void aTokenMayAllowLessThanItsTenantMay() {
    String claims = TestIssuer.claims("a", LATER, "\"tier\":\"%s\",");

    assertEquals(Priority.BATCH, proof(EC.token(String.format(claims, "batch"))).highest());
    worthless(Finding.MALFORMED, EC.token(String.format(claims, "root")));
  }

  @Test
  void aTokenOfAnotherTypeIsNoToken() {
    String claims = TestIssuer.claims("a", LATER);
    String header = "{\"alg\":\"ES256\",\"kid\":\"e\",%s}";

    assertEquals("a", proof(EC.token(String.format(header, "\"typ\":\"JWT\""), claims)).claim());
    assertEquals("a", proof(EC.token(String.format(header, "\"typ\":\"at+JWT\""), claims)).claim());
    worthless(Finding.MALFORMED, EC.token(String.format(header, "\"typ\":\"logout+jwt\""), claims));
    worthless(
        Finding.MALFORMED, EC.token(String.format(header, "\"crit\":[\"exp\"],\"exp\":1"), claims));
    worthless(
        Finding.MALFORMED,
        EC.token(String.format(header, "\"crit\":[\"b64\"],\"b64\":false"), claims));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "a.b.c",
        "e30.e30.",
        "e30..e30",
        "W10.W10.W10",
        "bnVsbA.bnVsbA.",
        "....",
        "eyJhbGciOiJFUzI1NiJ9.bm8ganNvbg.AA",
        "eyJhbGciOiJFUzI1NiJ9.e30.!!!",
        "\u00e4.\u00f6.\u00fc"
      })
  void whateverIsNoTokenIsSaidToBeNone(String text) {
    Worth.Nothing nothing = assertInstanceOf(Worth.Nothing.class, read(text));

    assertTrue(
        nothing.why() == Finding.MALFORMED || nothing.why() == Finding.FOREIGN, nothing::toString);
  }

  @Test
  void deeplyNestedClaimsHarmNobody() {
    String deep = "[".repeat(2_000) + "]".repeat(2_000);
    String claims = TestIssuer.claims("a", LATER, "\"x\":" + deep + ",");

    assertEquals(
        Worth.Nothing.class,
        reader.read(TestIssuer.unsigned(EC.header(), claims) + ".AA", KEYS, NOW).getClass());
  }

  @Test
  void aTokenNeedNotNameAKeyWhereThereIsOne() {
    String token = EC.token("{\"alg\":\"ES256\"}", TestIssuer.claims("a", LATER));

    assertInstanceOf(Worth.Something.class, reader.read(token, keys(TestIssuer.jwks(EC)), NOW));
    worthlessOf(keys(TestIssuer.jwks(EC, TestIssuer.ec("f"))), token);
  }

  private void worthlessOf(KeySet keys, String token) {
    assertEquals(new Worth.Nothing(Finding.MALFORMED), reader.read(token, keys, NOW));
  }

  @Test
  void passesOverKeysForSomethingElse() {
    String encrypts = EC.jwk().replace("\"kid\":\"e\"", "\"use\":\"enc\",\"kid\":\"x\"");
    String secret =
        "{\"kty\":\"oct\",\"kid\":\"r\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}";
    String unknown = "{\"kty\":\"AKP\",\"kid\":\"q\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}";
    String another = RSA.jwk().replace("\"kid\":\"r\"", "\"alg\":\"RS512\",\"kid\":\"y\"");
    String weak = TestIssuer.rsa("weak", 1_024).jwk();
    KeySet keys =
        keys(
            "{\"keys\":["
                + String.join(",", encrypts, secret, unknown, another, weak, EDWARDS.jwk())
                + "]}");

    assertEquals(1, keys.keys().size());
    assertEquals("d", keys.keys().getFirst().id());
    assertNull(keys.find("r", JWSAlgorithm.RS256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[]}",
        "not json",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}"
      })
  void aSetWithoutAUsableKeyIsRefused(String json) {
    assertThrows(UnusableKeys.class, () -> KeySet.parse(json.getBytes(UTF_8)));
  }
}
