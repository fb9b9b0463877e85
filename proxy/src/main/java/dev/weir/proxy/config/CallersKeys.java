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
          "Callers that are known by a key or a certificate.",
          CallersSettings::tenants);

  static final List<Key<Settings, ?>> ALL =
      Stream.of(
              List.<Key<Settings, ?>>of(REQUIRE_KEY, ANONYMOUS_PRIORITY),
              ANONYMOUS_QUOTA.all(),
              QUOTA.all(),
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
        ANONYMOUS_QUOTA.make(values),
        QUOTA.make(values),
        values.get(TENANTS));
  }
}
