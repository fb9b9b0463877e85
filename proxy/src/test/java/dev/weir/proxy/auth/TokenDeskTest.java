package dev.weir.proxy.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.TokenObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers with tokens, from the desk's own threads, which the test is. */
final class TokenDeskTest {

  private static final Instant NOW = Instant.parse("2026-11-02T06:08:15Z");
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));
  private static final TestIssuer ISSUER = TestIssuer.ec("one");
  private static final TestIssuer STRANGER = TestIssuer.ec("two");
  private static final int FAILURES = 3;

  private final ManualTicker ticker = new ManualTicker();
  private final List<TokenObserver.Finding> found = new ArrayList<>();
  private final TokenObserver observer =
      new TokenObserver() {
        @Override
        public void tokenFound(Finding what) {
          found.add(what);
        }

        @Override
        public void keysRefused() {}
      };
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final List<Caller> heard = new ArrayList<>();
  private KeyServer server;
  private KeyPlace place;
  private IssuerKeys keys;
  private TokenDesk desk;

  @BeforeEach
  void open() throws Exception {
    server = new KeyServer(TestIssuer.jwks(ISSUER));
    place = KeyPlace.of(TestIssuer.settings(server.url()));
    InstantSource clock = InstantSource.fixed(NOW);
    keys = new IssuerKeys(place, "keys", Duration.ofMinutes(10), observer, ticker, clock);
    desk =
        new TokenDesk(
            new TokenReader(TestIssuer.settings(server.url()), keys::uses),
            keys,
            new Failures(() -> FAILURES, ticker),
            observer,
            clock,
            work::add);
    keys.check().get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    place.close();
    server.close();
  }

  private static Caller caller(@Nullable String credential) {
    return new Caller("10.0.0.1", credential, null, null, false);
  }

  private @Nullable Caller recognize(String token) {
    return desk.recognize(caller(token), heard::add);
  }

  /** What the desk finds, at once or by work. */
  private Proof proof(String token) {
    Caller known = recognize(token);
    if (known == null) {
      work.remove().run();
      known = heard.removeFirst();
    }
    assertTrue(work.isEmpty() && heard.isEmpty());
    return Objects.requireNonNull(known.proof());
  }

  private static void refused(Reason reason, Proof proof) {
    assertEquals(reason, assertInstanceOf(Proof.Refused.class, proof).refusal().reason());
  }

  @Test
  void leavesKeysAndThoseWithoutAlone() {
    for (String key : new String[] {null, "", "a-key", "a.key", "weir_a.b.c.d", ".b.", "a.b"}) {
      Caller caller = caller(key);

      assertSame(caller, desk.recognize(caller, heard::add));
      assertNull(caller.proof());
    }
  }

  @Test
  void aVerifiedTokenIsKnownAgainWithoutWork() {
    String token = ISSUER.token("rider-7", LATER);

    assertNull(recognize(token));
    work.remove().run();
    Caller known = heard.removeFirst();
    assertEquals("rider-7", assertInstanceOf(Proof.Verified.class, known.proof()).claim());

    Caller again = recognize(token);
    assertNotNull(again);
    assertSame(known.proof(), again.proof());
    assertTrue(work.isEmpty());
    assertEquals(List.of(TokenObserver.Finding.VERIFIED), found);
  }

  @Test
  void aTokenIsVerifiedAnewWhenItWouldHaveExpired() {
    String token = ISSUER.token("rider-7", LATER);
    proof(token);

    ticker.advance(Duration.ofMinutes(5).plusSeconds(30));

    assertNull(recognize(token));
  }

  @Test
  void whoeverFailsTooOftenIsRefusedBeforeAnybodyLooks() {
    String good = ISSUER.token("rider-7", LATER);
    String known = ISSUER.token("rider-8", LATER);
    assertInstanceOf(Proof.Verified.class, proof(known));
    for (int i = 0; i < FAILURES; i++) {
      refused(Reason.TOKEN_INVALID, proof(ISSUER.token("rider-" + i, NOW.minusSeconds(60))));
    }

    for (String token : new String[] {good, "a.b.c", STRANGER.token("x", LATER)}) {
      refused(Reason.TOO_MANY_FAILURES, proof(token));
    }
    assertInstanceOf(Proof.Verified.class, proof(known)); // is no guess
    assertNull(
        desk.recognize(new Caller("10.0.0.2", good, null, null, false), heard::add)); // no other
    work.remove().run();
    heard.clear();
    ticker.advance(Duration.ofSeconds(20));
    assertInstanceOf(Proof.Verified.class, proof(ISSUER.token("rider-9", LATER)));
    assertEquals(FAILURES, found.stream().filter(TokenObserver.Finding.UNTIMELY::equals).count());
  }

  @Test
  void aHouseholdFailsTogether() {
    for (int i = 0; i < FAILURES; i++) {
      desk.recognize(new Caller("2001:db8:1:2:0:0:0:" + i, "a.b.c", null, null, false), heard::add);
      work.remove().run();
    }

    Caller another = new Caller("2001:db8:1:2:9:9:9:9", "a.b.c", null, null, false);
    refused(
        Reason.TOO_MANY_FAILURES,
        Objects.requireNonNull(
            Objects.requireNonNull(desk.recognize(another, heard::add)).proof()));
  }

  @Test
  void soManyWaitAndNoMore() {
    String token = ISSUER.token("rider-7", LATER);
    for (int i = 0; i < TokenDesk.MOST_WAITING; i++) {
      assertNull(recognize(token));
    }
    Caller late = recognize(token);
    assertNotNull(late);
    refused(Reason.TOKENS_UNVERIFIABLE, Objects.requireNonNull(late.proof()));

    work.removeFirst().run();
    assertEquals(
        "rider-7", assertInstanceOf(Proof.Verified.class, heard.removeFirst().proof()).claim());
    assertNull(recognize(ISSUER.token("rider-8", LATER)));
  }

  @Test
  void aTokenLongerThanAnyIsNotLookedAt() {
    refused(Reason.TOKEN_INVALID, proof("a." + "b".repeat(9_000) + ".c"));
    assertEquals(List.of(TokenObserver.Finding.MALFORMED), found);
  }

  @Test
  void aTokenByANewKeyWaitsUntilTheKeysAreFetched() throws Exception {
    ticker.advance(Duration.ofSeconds(10));
    server.publish(TestIssuer.jwks(ISSUER, STRANGER));
    BlockingQueue<Runnable> turns = new LinkedBlockingQueue<>();
    TokenDesk rotating =
        new TokenDesk(
            new TokenReader(TestIssuer.settings(server.url()), keys::uses),
            keys,
            new Failures(() -> FAILURES, ticker),
            observer,
            InstantSource.fixed(NOW),
            turns::add);
    assertNull(rotating.recognize(caller(STRANGER.token("rider-7", LATER)), heard::add));
    turns.remove().run(); // finds that the key is unknown
    assertTrue(heard.isEmpty());
    Objects.requireNonNull(turns.poll(20, TimeUnit.SECONDS)).run();

    assertInstanceOf(Proof.Verified.class, heard.removeFirst().proof());
    assertEquals(2, server.asked());
    refused(Reason.TOKEN_INVALID, proof(TestIssuer.ec("three").token("rider-7", LATER)));
    assertEquals(2, server.asked());
    assertEquals(List.of(TokenObserver.Finding.VERIFIED, TokenObserver.Finding.UNKNOWN_KEY), found);
  }

  @Test
  void withoutKeysNoTokenIsAtFault() {
    IssuerKeys none =
        new IssuerKeys(
            place, "keys", Duration.ofMinutes(10), observer, ticker, InstantSource.fixed(NOW));
    server.fail(500);
    none.check().join();
    desk =
        new TokenDesk(
            new TokenReader(TestIssuer.settings(server.url()), keys::uses),
            none,
            new Failures(() -> FAILURES, ticker),
            observer,
            InstantSource.fixed(NOW),
            work::add);

    for (int i = 0; i <= FAILURES; i++) {
      refused(Reason.TOKENS_UNVERIFIABLE, proof(ISSUER.token("rider-7", LATER)));
    }
    assertTrue(found.isEmpty());
  }
}
