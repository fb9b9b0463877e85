package dev.weir.proxy.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyRevocation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.TokenObserver;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of an issuer by file and by a real web server, from the first look to their rotation. */
final class IssuerKeysTest {

  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15Z"));
  private static final TestIssuer ONE = TestIssuer.ec("one");
  private static final TestIssuer TWO = TestIssuer.ed25519("two");
  private static final Proof.Verified PROOF =
      new Proof.Verified("a", Priority.DEFAULT, NOW.millis() + 60_000, () -> true);
  private static final TokenDigest TOKEN = TokenDigest.of("a.b.c");

  @TempDir private Path dir;
  private final ManualTicker ticker = new ManualTicker();
  private final AtomicInteger refused = new AtomicInteger();
  private final TokenObserver observer =
      new TokenObserver() {
        @Override
        public void tokenFound(Finding what) {}

        @Override
        public void keysRefused() {
          refused.incrementAndGet();
        }
      };
  private KeyServer server;
  private KeyPlace web;
  private IssuerKeys keys;

  @BeforeEach
  void serve() throws IOException {
    server = new KeyServer(TestIssuer.jwks(ONE));
    web = KeyPlace.of(TestIssuer.settings(server.url()));
    keys = keys(web, Duration.ofMinutes(10));
  }

  @AfterEach
  void stop() {
    web.close();
    server.close();
  }

  private IssuerKeys keys(KeyPlace place, Duration every) {
    return new IssuerKeys(place, "the keys", every, observer, ticker, NOW);
  }

  private static void await(@Nullable CompletableFuture<Boolean> reading) throws Exception {
    Objects.requireNonNull(reading).get(20, TimeUnit.SECONDS);
  }

  private String names() {
    return keys.current().keys().keys().stream()
        .map(SigningKey::id)
        .collect(Collectors.joining(","));
  }

  @Test
  void fetchesThemAgainFromTimeToTime() throws Exception {
    await(keys.check());
    assertEquals("one", names());

    server.publish(TestIssuer.jwks(ONE, TWO));
    ticker.advance(Duration.ofMinutes(10).minusNanos(1));
    await(keys.check());
    assertEquals("one", names());
    ticker.advance(Duration.ofNanos(1));
    await(keys.check());
    assertEquals("one,two", names());
    assertEquals(2, server.asked());
    assertEquals(0, refused.get());
  }

  @Test
  void fetchesThemForAnUnknownKeyButNotForEveryOne() throws Exception {
    await(keys.check());
    ticker.advance(Duration.ofSeconds(10));
    server.publish(TestIssuer.jwks(TWO));
    CountDownLatch latch = server.hold();

    CompletableFuture<Boolean> first = keys.renew();
    assertSame(first, keys.renew());
    latch.countDown();
    await(first);
    assertEquals("two", names());
    assertNull(keys.renew());
    ticker.advance(Duration.ofSeconds(10));
    await(keys.renew());
    assertEquals(3, server.asked());
  }

  @Test
  void keepsTheFormerOnesWhileThereAreNoOthers() throws Exception {
    await(keys.check());

    server.fail(500);
    ticker.advance(Duration.ofMinutes(10));
    await(keys.check());
    server.fail(200);
    server.publish("<html>");
    ticker.advance(Duration.ofSeconds(10));
    await(keys.check());
    server.publish("{\"keys\":[]}");
    ticker.advance(Duration.ofSeconds(10));
    await(keys.check());

    assertEquals("one", names());
    assertEquals(3, refused.get());
    server.publish(TestIssuer.jwks(TWO));
    ticker.advance(Duration.ofSeconds(10));
    await(keys.check());
    assertEquals("two", names());
  }

  @Test
  void goesNowhereElseAndReadsNoMoreThanKeys() throws Exception {
    server.fail(302);
    await(keys.check());
    server.fail(200);
    server.publish(TestIssuer.jwks(ONE) + " ".repeat(KeyPlace.LARGEST_BYTES));
    ticker.advance(Duration.ofSeconds(10));
    await(keys.check());

    assertEquals("", names());
    assertEquals(2, refused.get());
    assertEquals(2, server.asked());
  }

  @Test
  void nobodyThereIsAComplaintAndNoMore() throws Exception {
    server.close();
    await(keys.check());

    assertEquals("", names());
    assertEquals(1, refused.get());
  }

  @Test
  void aKeyThatIsTakenBackTakesItsTokensAlong() throws Exception {
    server.publish(TestIssuer.jwks(ONE, TWO));
    await(keys.check());
    Edition before = keys.current();
    Proof.Verified proof =
        new Proof.Verified("a", Priority.DEFAULT, NOW.millis() + 3_600_000, () -> true);
    before.remember(TOKEN, proof);

    server.publish(TestIssuer.jwks(TestIssuer.rsa("three"), ONE, TWO));
    ticker.advance(Duration.ofMinutes(10));
    await(keys.check());
    assertNotEquals(before.keys(), keys.current().keys());
    assertEquals(proof, keys.current().known(TOKEN));

    server.publish(TestIssuer.jwks(TestIssuer.ec("one"), TWO));
    ticker.advance(Duration.ofMinutes(10));
    await(keys.check());
    assertNull(keys.current().known(TOKEN));
    before.remember(TOKEN, proof); // was verified while they changed
    assertNull(keys.current().known(TOKEN));
  }

  @Test
  void aTokenIsKnownUntilItExpires() throws Exception {
    await(keys.check());
    keys.current().remember(TOKEN, PROOF);

    ticker.advance(Duration.ofMillis(59_999));
    assertEquals(PROOF, keys.current().known(TOKEN));
    ticker.advance(Duration.ofMillis(1));
    assertNull(keys.current().known(TOKEN));
  }

  @Test
  void readsAFileWheneverItIsLookedAt() throws Exception {
    Path file = dir.resolve("jwks.json");
    Files.writeString(file, TestIssuer.jwks(ONE));
    keys = keys(KeyPlace.of(TestIssuer.settings(file.toString())), Duration.ZERO);
    assertTrue(keys.check().isDone());
    assertEquals("one", names());

    Files.writeString(file, TestIssuer.jwks(TWO));
    assertTrue(keys.check().isDone());
    assertEquals("two", names());
    Files.delete(file);
    assertTrue(keys.check().isDone());
    assertEquals("two", names());
    assertEquals(1, refused.get());
  }

  @Test
  void looksForAMissingKeyHoweverOftenTheFileIsLookedAt() throws Exception {
    Path file = dir.resolve("jwks.json");
    Files.writeString(file, TestIssuer.jwks(ONE));
    keys = keys(KeyPlace.of(TestIssuer.settings(file.toString())), Duration.ZERO);
    await(keys.check());
    Files.writeString(file, TestIssuer.jwks(ONE, TWO));

    await(keys.renew());
    assertEquals("one,two", names());
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    await(keys.check());
    assertNull(keys.renew());
    ticker.advance(Duration.ofNanos(1));
    await(keys.renew());
  }

  @Test
  void aSurpriseIsAComplaintAndDoesNotEndTheReading() throws Exception {
    Path archive = dir.resolve("keys.zip");
    Path file;
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      file = files.getPath("jwks.json");
    }
    keys = keys(new KeyPlace.OfFile(file), Duration.ZERO);

    assertTrue(keys.check().isDone());
    ticker.advance(Duration.ofSeconds(10));
    assertTrue(keys.check().isDone());
    assertEquals(2, refused.get());
  }

  @Test
  void aKeyThatSurprisesIsUnusable() {
    assertThrows(UnusableKeys.class, () -> SigningKey.of(new Surprise()));
  }

  /** What a library might make of a key. */
  private static final class Surprise extends JWK {

    private static final long serialVersionUID = 1;

    Surprise() {
      super(
          KeyType.RSA,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }

    @Override
    public KeyUse getKeyUse() {
      throw new IllegalStateException("of the test");
    }

    @Override
    @SuppressWarnings("NonApiType") // as the library has it
    public LinkedHashMap<String, ?> getRequiredParams() {
      return new LinkedHashMap<>();
    }

    @Override
    public boolean isPrivate() {
      return false;
    }

    @Override
    public JWK toPublicJWK() {
      return this;
    }

    @Override
    public JWK toRevokedJWK(KeyRevocation revocation) {
      return this;
    }

    @Override
    public int size() {
      return 0;
    }
  }

  @Test
  void aFileWithoutKeysIsNamedBeforeTheStart() throws Exception {
    Path file = dir.resolve("jwks.json");
    assertEquals("callers.tokens.jwks: jwks.json cannot be read", complaint(file));
    Files.writeString(file, "no keys");
    assertEquals("callers.tokens.jwks: jwks.json is no JWK set", complaint(file));
    Files.writeString(file, TestIssuer.jwks());
    assertEquals(
        "callers.tokens.jwks: jwks.json holds no key for RS256 (of 2048 bits), ES256 or EdDSA"
            + " (Ed25519)",
        complaint(file));
    Files.writeString(file, TestIssuer.jwks(ONE));
    Doorkeeper.requireKeys(TestIssuer.settings(file.toString()));
    Doorkeeper.requireKeys(TestIssuer.settings("https://issuer.invalid/keys"));
  }

  private String complaint(Path file) {
    UnusableKeys unusable =
        assertThrows(
            UnusableKeys.class, () -> Doorkeeper.requireKeys(TestIssuer.settings(file.toString())));
    return String.valueOf(unusable.getMessage()).replace(dir + "/", "");
  }
}
