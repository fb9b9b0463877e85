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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
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
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final List<Caller> heard = new ArrayList<>();
  private KeyServer server;
  private KeyPlace place;
  private IssuerKeys keys;
  private TokenDesk desk;

  @BeforeEach
  void open() throws Exception {
    server = new KeyServer(TestIssuer.jwks(ISSUER));
    place = KeyPlace.of(TestIssuer.settings(server.url()));
    keys = keys();
    desk = desk(InstantSource.fixed(NOW));
    keys.check().get(20, TimeUnit.SECONDS);
  }

  private IssuerKeys keys() {
    return new IssuerKeys(
        place, "keys", Duration.ofMinutes(10), observer, ticker, InstantSource.fixed(NOW));
  }

  private TokenDesk desk(InstantSource clock) {
    return new TokenDesk(
        new TokenReader(TestIssuer.settings(server.url()), keys::uses),
        keys,
        new Failures(() -> FAILURES, ticker),
        observer,
        clock,
        work::add);
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

  /** From other addresses than that of {@link #caller}. */
  private @Nullable Caller recognizeFrom(int address, String token) {
    return desk.recognize(new Caller("10.0.1." + address, token, null, null, false), heard::add);
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

    work.remove().run();
    assertEquals(
        "rider-7", assertInstanceOf(Proof.Verified.class, heard.removeFirst().proof()).claim());
    assertNull(recognize(ISSUER.token("rider-8", LATER)));
  }

  @Test
  void aTokenLongerThanAnyIsNotLookedAt() {
    refused(Reason.TOKEN_INVALID, proof("a." + "b".repeat(9_000) + ".c"));
    assertEquals(List.of(TokenObserver.Finding.MALFORMED), found);
  }

  /** The next one who waits for keys has its turn. */
  private void fetched() throws Exception {
    Objects.requireNonNull(work.poll(20, TimeUnit.SECONDS)).run();
  }

  @Test
  void aTokenByANewKeyWaitsUntilTheKeysAreFetched() throws Exception {
    server.publish(TestIssuer.jwks(ISSUER, STRANGER));
    assertNull(recognize(STRANGER.token("rider-7", LATER)));
    work.remove().run(); // finds that the key is unknown
    assertTrue(heard.isEmpty());
    fetched();

    assertInstanceOf(Proof.Verified.class, heard.removeFirst().proof());
    assertEquals(2, server.asked());
    assertEquals(List.of(TokenObserver.Finding.VERIFIED), found);
  }

  @Test
  void aTokenByANewKeyIsNotAtFaultWhileTheKeysAreNotFetchedAgain() throws Exception {
    assertNull(recognize(TestIssuer.ec("made-up").token("x", LATER)));
    work.remove().run();
    fetched();
    refused(Reason.TOKEN_INVALID, Objects.requireNonNull(heard.removeFirst().proof()));
    server.publish(TestIssuer.jwks(ISSUER, STRANGER));

    String good = STRANGER.token("rider-7", LATER);
    for (int i = 0; i <= FAILURES; i++) {
      refused(Reason.TOKENS_UNVERIFIABLE, proof(good));
    }
    assertEquals(List.of(TokenObserver.Finding.UNKNOWN_KEY), found);
    ticker.advance(Duration.ofSeconds(10));
    assertNull(recognize(good));
    work.remove().run();
    fetched();
    assertInstanceOf(Proof.Verified.class, heard.removeFirst().proof());
  }

  @Test
  void whoeverComesOftenAtOnceIsLookedAtNoMoreOftenThanOneAfterTheOther() {
    int many = FAILURES + 10;
    for (int i = 0; i < many; i++) {
      assertNull(recognize("a.b.c" + i));
    }
    work.forEach(Runnable::run);

    for (int i = 0; i < many; i++) {
      refused(
          i < FAILURES ? Reason.TOKEN_INVALID : Reason.TOO_MANY_FAILURES,
          Objects.requireNonNull(heard.removeFirst().proof()));
    }
    assertEquals(FAILURES, found.size());
  }

  @Test
  void soManyWaitForKeysAndLeavePlacesToOthers() throws Exception {
    CountDownLatch fetch = server.hold();
    String madeUp = TestIssuer.ec("made-up").token("x", LATER);
    for (int i = 0; i < TokenDesk.MOST_WAITING_FOR_KEYS; i++) {
      assertNull(recognizeFrom(i, madeUp));
      work.remove().run();
    }
    assertTrue(heard.isEmpty());
    refused(Reason.TOKENS_UNVERIFIABLE, proof(madeUp));
    assertInstanceOf(Proof.Verified.class, proof(ISSUER.token("rider-7", LATER)));

    fetch.countDown();
    for (int i = 0; i < TokenDesk.MOST_WAITING_FOR_KEYS; i++) {
      fetched();
    }
    assertEquals(TokenDesk.MOST_WAITING_FOR_KEYS, heard.size());
    heard.clear();
    ticker.advance(Duration.ofMinutes(1));
    assertNull(recognize(madeUp));
    work.remove().run();
    assertTrue(heard.isEmpty()); // waits again
    fetched();
    refused(Reason.TOKEN_INVALID, Objects.requireNonNull(heard.removeFirst().proof()));
  }

  @Test
  void anAddressLeavesAsManyWaitsForKeysToOthersAsItHas() throws Exception {
    CountDownLatch fetch = server.hold();
    String madeUp = TestIssuer.ec("made-up").token("x", LATER);
    int half = TokenDesk.MOST_WAITING_FOR_KEYS / 2;
    for (int i = 0; i < half; i++) {
      assertNull(recognize(madeUp));
      work.remove().run();
    }
    assertTrue(heard.isEmpty());
    refused(Reason.TOKENS_UNVERIFIABLE, proof(madeUp));
    for (int i = 0; i < half / 2; i++) {
      assertNull(recognizeFrom(1, madeUp));
      work.remove().run();
    }
    assertTrue(heard.isEmpty());
    assertNull(recognizeFrom(1, madeUp));
    work.remove().run();
    refused(Reason.TOKENS_UNVERIFIABLE, Objects.requireNonNull(heard.removeFirst().proof()));
    assertNull(recognizeFrom(2, madeUp));
    work.remove().run();
    assertTrue(heard.isEmpty());

    fetch.countDown();
    for (int i = 0; i < half + half / 2 + 1; i++) {
      fetched();
    }
    heard.clear();
    CountDownLatch again = server.hold();
    ticker.advance(Duration.ofMinutes(2)); // until the failures are forgotten
    for (int i = 0; i < half; i++) {
      assertNull(recognize(madeUp));
      work.remove().run();
    }
    assertTrue(heard.isEmpty()); // all places were given back
    again.countDown();
  }

  @Test
  void whileKeysCannotBeHadATokenByANewKeyIsNotAtFault() throws Exception {
    server.fail(500);
    String unknown = STRANGER.token("rider-7", LATER);
    for (int i = 0; i <= FAILURES; i++) {
      ticker.advance(Duration.ofSeconds(10));
      assertNull(recognize(unknown));
      work.remove().run();
      fetched();
      refused(Reason.TOKENS_UNVERIFIABLE, Objects.requireNonNull(heard.removeFirst().proof()));
    }
    assertTrue(found.isEmpty());
    assertEquals(FAILURES + 2, server.asked());
    assertInstanceOf(Proof.Verified.class, proof(ISSUER.token("rider-7", LATER)));
  }

  @Test
  void afterAnErrorTheCallIsAnsweredAndThePlaceFree() {
    desk =
        desk(
            () -> {
              throw new StackOverflowError("of the test");
            });

    refused(Reason.TOKENS_UNVERIFIABLE, proof(ISSUER.token("rider-7", LATER)));
    for (int i = 0; i < TokenDesk.MOST_WAITING; i++) {
      assertNull(recognize(ISSUER.token("rider-7", LATER)));
    }
  }

  @Test
  void withoutKeysNoTokenIsAtFault() throws Exception {
    server.fail(500);
    keys = keys();
    keys.check().get(20, TimeUnit.SECONDS);
    desk = desk(InstantSource.fixed(NOW));

    assertNull(recognize(ISSUER.token("rider-7", LATER)));
    work.remove().run();
    fetched();
    refused(Reason.TOKENS_UNVERIFIABLE, Objects.requireNonNull(heard.removeFirst().proof()));
    for (int i = 0; i <= FAILURES; i++) {
      refused(Reason.TOKENS_UNVERIFIABLE, proof(ISSUER.token("rider-7", LATER)));
    }
    assertTrue(found.isEmpty());
  }
}
