package dev.weir.proxy.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.auth.TokenReader.Worth;
import java.time.Instant;

/**
 * Tokens of callers. An input is a token, or header and claims in two lines: these are signed by
 * the issuer, and bear the signature of another token, too. Each is worth something or nothing, and
 * none is worth anything that the issuer has not signed.
 */
public final class TokenReaderFuzz {

  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  private static final TestIssuer ISSUER = TestIssuer.ed25519("a");
  private static final TokenReader READER =
      new TokenReader(TestIssuer.settings("keys.json"), _ -> true);
  private static final KeySet KEYS = keys();
  private static final String GENUINE = ISSUER.token("rides", NOW.plusSeconds(60));

  private TokenReaderFuzz() {}

  private static KeySet keys() {
    try {
      return KeySet.parse(TestIssuer.jwks(ISSUER).getBytes(UTF_8));
    } catch (UnusableKeys e) {
      throw new IllegalStateException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    int line = text.indexOf('\n');
    if (line < 0) {
      nothing(text);
      return;
    }
    String header = text.substring(0, line);
    String claims = text.substring(line + 1);
    nothing(TestIssuer.unsigned(header, claims) + GENUINE.substring(GENUINE.lastIndexOf('.')));
    nothing(TestIssuer.unsigned(header, claims) + ".");
    Worth signed = READER.read(ISSUER.token(header, claims), KEYS, NOW);
    if (signed instanceof Worth.Something(var proof) && proof.untilMillis() <= NOW.toEpochMilli()) {
      throw new IllegalStateException("no longer good: " + text);
    }
  }

  private static void nothing(String token) {
    Worth worth = READER.read(token, KEYS, NOW);
    if (worth instanceof Worth.Something && !token.equals(GENUINE)) {
      throw new IllegalStateException(token + " is worth " + worth);
    }
  }
}
