package dev.weir.proxy.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.QuotaSettings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.config.TokenSettings;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a call is, and what it may claim. */
final class DoorkeeperTest {

  private static final String RIDES = "rides-secret";
  private static final String RIDES_NEXT = "rides-secret-of-next-year";
  private static final String REPORTS = "reports-secret";

  private final Live<CallersSettings> settings =
      new Live<>(callers(false, tenant("rides", 5, Tier.CRITICAL, RIDES, RIDES_NEXT)));
  private final ManualTicker ticker = new ManualTicker();
  private Instant now = Instant.parse("2026-11-02T06:08:15Z");
  private final Doorkeeper door =
      new Doorkeeper(settings, new Observations("test"), ticker, () -> now, 1);

  private static CallersSettings callers(boolean requireKey, TenantSettings... tenants) {
    return new CallersSettings(requireKey, Tier.SHEDDABLE, List.of(tenants));
  }

  private static TenantSettings tenant(String name, double weight, Tier highest, String... keys) {
    List<ApiKey> all =
        Arrays.stream(keys).map(key -> Objects.requireNonNull(ApiKey.of(key))).toList();
    return new TenantSettings(name, all, weight, highest);
  }

  private Verdict verdict(@Nullable String key, @Nullable Priority claimed) {
    return door.identify(new Caller("10.0.0.1", key, claimed, null, false));
  }

  private Identity identity(@Nullable String key, @Nullable Priority claimed) {
    return assertInstanceOf(Verdict.Known.class, verdict(key, claimed)).identity();
  }

  @Test
  void knowsATenantByAnyOfItsKeys() {
    assertEquals(new Identity("rides", 5, Priority.CRITICAL), identity(RIDES, Priority.CRITICAL));
    assertEquals(new Identity("rides", 5, Priority.DEFAULT), identity(RIDES_NEXT, null));
  }

  @Test
  void makesNothingForAKnownCaller() {
    assertSame(verdict(RIDES, Priority.BATCH), verdict(RIDES, Priority.BATCH));
  }

  @ParameterizedTest
  @CsvSource({"CRITICAL, BATCH", "DEFAULT, BATCH", "BATCH, BATCH", ", BATCH"})
  void nobodyGetsMoreThanItsKeyAllows(@Nullable Priority claimed, Priority granted) {
    settings.set(callers(false, tenant("reports", 1, Tier.BATCH, REPORTS)));

    assertEquals(granted, identity(REPORTS, claimed).priority());
  }

  @Test
  void aCallerWithoutAKnownKeyIsATenantByItsAddressAndMayClaimLess() {
    Identity stranger = new Identity("10.0.0.1", 1, Priority.SHEDDABLE);

    assertEquals(stranger, identity(null, null));
    assertEquals(stranger, identity("", Priority.CRITICAL));
    assertEquals(stranger, identity("rides-secreT", Priority.CRITICAL));
    assertEquals(stranger, identity("x".repeat(10_000), Priority.CRITICAL));
    assertEquals(Priority.BATCH, identity(null, Priority.BATCH).priority());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2",
    "2001:db8:1:2:7:7:7:7, 2001:db8:1:2",
    "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0",
    "::1, ::1",
    "unknown, unknown"
  })
  void aHouseholdHasOneShareHoweverManyAddresses(String address, String tenant) {
    Verdict verdict = door.identify(Caller.at(address));

    assertEquals(tenant, assertInstanceOf(Verdict.Known.class, verdict).identity().tenant());
  }

  @Test
  void letsNobodyInWithoutAKeyWhereOneIsRequired() {
    settings.set(callers(true, tenant("rides", 5, Tier.CRITICAL, RIDES)));

    for (String key : Arrays.asList(null, "", "none", "someone-elses-secret")) {
      Verdict.Unknown unknown = assertInstanceOf(Verdict.Unknown.class, verdict(key, null));
      assertEquals(Reason.KEY_REQUIRED, unknown.refusal().reason());
    }
    assertEquals("rides", identity(RIDES, null).tenant());
  }

  @Test
  void whoeverTriesOneKeyAfterTheOtherIsToldSo() {
    settings.set(callers(true, tenant("rides", 5, Tier.CRITICAL, RIDES)));

    for (int i = 0; i < 60; i++) {
      assertEquals(Reason.KEY_REQUIRED, refusal("a-guess-" + i));
    }
    assertEquals(Reason.TOO_MANY_FAILURES, refusal("another-guess"));
    assertEquals(Reason.KEY_REQUIRED, refusal(null));
    assertEquals("rides", identity(RIDES, null).tenant());
    ticker.advance(Duration.ofSeconds(1));
    assertEquals(Reason.KEY_REQUIRED, refusal("another-guess"));
  }

  private Reason refusal(@Nullable String key) {
    Caller caller = door.recognize(new Caller("10.0.0.1", key, null, null, false), _ -> {});
    Verdict verdict = door.identify(Objects.requireNonNull(caller));
    assertEquals(verdict, door.identify(caller)); // asking again is no failure
    return assertInstanceOf(Verdict.Unknown.class, verdict).refusal().reason();
  }

  private Verdict proven(Proof proof, @Nullable Priority claimed) {
    return door.identify(new Caller("10.0.0.1", "a.b.c", claimed, null, false).with(proof));
  }

  private Identity identityBy(String claim, Priority highest, Priority claimed) {
    Proof proof = new Proof.Verified(claim, highest, now.toEpochMilli() + 1, () -> true);
    return assertInstanceOf(Verdict.Known.class, proven(proof, claimed)).identity();
  }

  private void takeTokens(String... claims) {
    takeTokens(TestIssuer.settings("keys"), claims);
  }

  private void takeTokens(TokenSettings tokens, String... claims) {
    TenantSettings rides =
        new TenantSettings(
            "rides", List.of(), List.of(), List.of(claims), 5, Tier.DEFAULT, QuotaSettings.NONE);
    settings.set(
        new CallersSettings(
            false,
            Tier.SHEDDABLE,
            false,
            QuotaSettings.NONE,
            QuotaSettings.NONE,
            60,
            tokens,
            List.of(rides)));
  }

  @Test
  void knowsATenantByWhatAVerifiedTokenClaims() {
    takeTokens("city", "fleet");

    assertEquals(
        new Identity("rides", 5, Priority.DEFAULT),
        identityBy("fleet", Priority.CRITICAL, Priority.CRITICAL));
    assertEquals(Priority.BATCH, identityBy("fleet", Priority.BATCH, Priority.CRITICAL).priority());
    assertEquals("10.0.0.1", identityBy("another", Priority.CRITICAL, Priority.BATCH).tenant());
    assertEquals(
        Priority.SHEDDABLE, identityBy("another", Priority.CRITICAL, Priority.CRITICAL).priority());

    takeTokens("*", "city");
    assertEquals("rides", identityBy("another", Priority.CRITICAL, Priority.BATCH).tenant());
  }

  @Test
  void aTokenThatHasExpiredSinceProvesNothing() {
    takeTokens("city");
    Proof proof =
        new Proof.Verified("city", Priority.CRITICAL, now.toEpochMilli() + 1_000, () -> true);
    assertInstanceOf(Verdict.Known.class, proven(proof, null));

    now = now.plusSeconds(1);

    Verdict.Unknown expired = assertInstanceOf(Verdict.Unknown.class, proven(proof, null));
    assertEquals(Reason.TOKEN_INVALID, expired.refusal().reason());
  }

  @Test
  void aTokenProvesNothingSinceItsKeyWasTakenBack(@TempDir Path dir) throws Exception {
    TestIssuer one = TestIssuer.ec("one");
    TestIssuer two = TestIssuer.ec("two");
    Path file = dir.resolve("jwks.json");
    Files.writeString(file, TestIssuer.jwks(one, two));
    takeTokens(TestIssuer.settings(file.toString()), "*");
    try (Doorkeeper strict =
        new Doorkeeper(settings, new Observations("test"), ticker, () -> now, 1)) {
      strict.check().join();
      Caller ride = recognized(strict, one.token("a", now.plusSeconds(60)));
      Caller another = recognized(strict, two.token("b", now.plusSeconds(60)));
      Files.writeString(file, TestIssuer.jwks(TestIssuer.ec("three"), one, two));
      strict.check().join();
      assertInstanceOf(Verdict.Known.class, strict.identify(ride));

      Files.writeString(file, TestIssuer.jwks(two));
      strict.check().join();

      Verdict.Unknown gone = assertInstanceOf(Verdict.Unknown.class, strict.identify(ride));
      assertEquals(Reason.TOKEN_INVALID, gone.refusal().reason());
      assertInstanceOf(Verdict.Known.class, strict.identify(another));
    }
  }

  private static Caller recognized(Doorkeeper door, String token) throws Exception {
    CompletableFuture<Caller> later = new CompletableFuture<>();
    assertNull(door.recognize(new Caller("10.0.0.1", token, null, null, false), later::complete));
    return later.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aTokenThatProvesNothingIsNotLikeNone() {
    Verdict.Unknown unknown =
        assertInstanceOf(Verdict.Unknown.class, proven(TokenDesk.INVALID, null));

    assertEquals(Reason.TOKEN_INVALID, unknown.refusal().reason());
  }

  private Verdict certified(@Nullable String key, String subject) {
    return door.identify(new Caller("10.0.0.1", key, null, null, false, subject));
  }

  private String tenantOf(@Nullable String key, String subject) {
    return assertInstanceOf(Verdict.Known.class, certified(key, subject)).identity().tenant();
  }

  private static TenantSettings certifiedTenant(String name, String... subjects) {
    return new TenantSettings(name, List.of(), List.of(subjects), 2, Tier.CRITICAL);
  }

  @Test
  void knowsATenantByTheSubjectOfItsCertificate() {
    settings.set(callers(true, certifiedTenant("city", "spiffe://city/rides", "city.example")));

    assertEquals("city", tenantOf(null, "spiffe://city/rides"));
    assertEquals("city", tenantOf(null, "city.example"));
    assertEquals("city", tenantOf("an-unknown-key", "city.example"));
    assertSame(certified(null, "city.example"), certified(null, "city.example"));
    for (String other : List.of("", "CITY.EXAMPLE", "city.example.org", "spiffe://city")) {
      assertInstanceOf(Verdict.Unknown.class, certified(null, other));
    }
  }

  @Test
  void aKeyComesBeforeTheCertificateOfWhoPassesItOn() {
    settings.set(
        callers(
            false, tenant("rides", 5, Tier.CRITICAL, RIDES), certifiedTenant("mesh", "gateway")));

    assertEquals("rides", tenantOf(RIDES, "gateway"));
    assertEquals("mesh", tenantOf(null, "gateway"));
    assertEquals("10.0.0.1", tenantOf(null, "elsewhere"));
  }

  @Test
  void takesOtherKeysWhileItRuns() {
    settings.set(callers(false, tenant("reports", 1, Tier.BATCH, REPORTS)));

    assertEquals("reports", identity(REPORTS, null).tenant());
    assertEquals("10.0.0.1", identity(RIDES, null).tenant());
  }
}
