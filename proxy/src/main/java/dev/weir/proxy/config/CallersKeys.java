package dev.weir.proxy.config;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys below {@code callers}. */
final class CallersKeys {

  static final Key<Settings, Boolean> REQUIRE_KEY =
      key(
          "require-key",
          Forms.flag(),
          false,
          "Answer calls without a known key or certificate with 401.",
          CallersSettings::requireKey);

  static final Key<Settings, Tier> ANONYMOUS_PRIORITY =
      key(
          "anonymous.priority",
          Forms.choice(Tier.class),
          Tier.DEFAULT,
          "The highest that calls without a known key or certificate may claim with the header"
              + " X-Weir-Priority."
              + " Their tenant is their address; of IPv6 the first 64 bits.",
          CallersSettings::anonymousPriority);

  static final Key<Settings, Boolean> BEYOND_LOOPBACK =
      key(
          "anonymous.beyond-loopback",
          Forms.flag(),
          false,
          "Answer calls without a known key or certificate although a port can be reached from"
              + " elsewhere; otherwise the server does not start like that.",
          CallersSettings::beyondLoopback);

  static final Key<Settings, Integer> MAX_FAILURES =
      key(
          "max-failures",
          Forms.whole(0, 1_000_000),
          60,
          "Unknown keys and bad tokens of one address in a minute; with more, it is answered 429"
              + " before a token is looked at. 0 for no limit, where many callers share an"
              + " address.",
          CallersSettings::maxFailures);

  private static final QuotaKeys<Settings> ANONYMOUS_QUOTA =
      QuotaKeys.of(
          "callers.anonymous.quota",
          "of each address without a known key or certificate",
          settings -> settings.callers().anonymousQuota());

  private static final QuotaKeys<Settings> QUOTA =
      QuotaKeys.of(
          "callers.quota",
          "of each tenant that has no quota of its own",
          settings -> settings.callers().quota());

  static final Key<Settings, List<TenantSettings>> TENANTS =
      key(
          "tenants",
          Forms.list("tenants", new Form.Group<>(TenantKeys.SCHEMA)),
          List.of(),
          "Callers that are known by a key, a certificate or a token.",
          CallersSettings::tenants);

  static final List<Key<Settings, ?>> ALL =
      Stream.of(
              List.<Key<Settings, ?>>of(REQUIRE_KEY, ANONYMOUS_PRIORITY, BEYOND_LOOPBACK),
              ANONYMOUS_QUOTA.all(),
              QUOTA.all(),
              List.<Key<Settings, ?>>of(MAX_FAILURES),
              TokenKeys.ALL,
              List.<Key<Settings, ?>>of(TENANTS))
          .flatMap(List::stream)
          .toList();

  private CallersKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<CallersSettings, T> of) {
    return new Key<>(
        "callers." + name, form, standard, sentence, settings -> of.apply(settings.callers()));
  }

  static CallersSettings make(Values values) {
    return new CallersSettings(
        values.get(REQUIRE_KEY),
        values.get(ANONYMOUS_PRIORITY),
        values.get(BEYOND_LOOPBACK),
        ANONYMOUS_QUOTA.make(values),
        QUOTA.make(values),
        values.get(MAX_FAILURES),
        TokenKeys.make(values),
        values.get(TENANTS));
  }
}
