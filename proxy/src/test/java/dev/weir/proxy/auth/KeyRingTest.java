package dev.weir.proxy.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a call is, and what it may claim. */
final class KeyRingTest {

  private static final String RIDES = "rides-secret";
  private static final String RIDES_NEXT = "rides-secret-of-next-year";
  private static final String REPORTS = "reports-secret";

  private final Live<CallersSettings> settings =
      new Live<>(callers(false, tenant("rides", 5, Tier.CRITICAL, RIDES, RIDES_NEXT)));
  private final KeyRing ring = new KeyRing(settings);

  private static CallersSettings callers(boolean requireKey, TenantSettings... tenants) {
    return new CallersSettings(requireKey, Tier.SHEDDABLE, List.of(tenants));
  }

  private static TenantSettings tenant(String name, double weight, Tier highest, String... keys) {
    List<ApiKey> all =
        Arrays.stream(keys).map(key -> Objects.requireNonNull(ApiKey.of(key))).toList();
    return new TenantSettings(name, all, weight, highest);
  }

  private Verdict verdict(@Nullable String key, @Nullable Priority claimed) {
    return ring.identify(new Caller("10.0.0.1", key, claimed, null, false));
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
    Verdict verdict = ring.identify(Caller.at(address));

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

  private Verdict certified(@Nullable String key, String subject) {
    return ring.identify(new Caller("10.0.0.1", key, null, null, false, subject));
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
