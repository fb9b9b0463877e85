package dev.weir.proxy.config;

import java.util.List;
import java.util.stream.Stream;

/** The keys of one entry of {@code callers.tenants}. */
final class TenantKeys {

  static final Key<TenantSettings, String> NAME =
      new Key<>(
          "name",
          Forms.text("name", "", text -> true),
          "",
          "Whose calls they are, in lower-case letters, digits, _ and -.",
          TenantSettings::name);

  static final Key<TenantSettings, List<ApiKey>> KEYS =
      new Key<>(
          "keys",
          Forms.list("secrets", Forms.apiKey()),
          List.of(),
          "Secrets of which a call brings one, as X-API-Key, as bearer token or as the parameter"
              + " key; better their digests, as ./weir key prints them, or file: and where one is."
              + " Name the old and the new one while changing them.",
          TenantSettings::keys);

  static final Key<TenantSettings, List<String>> SUBJECTS =
      new Key<>(
          "subjects",
          Forms.list("subjects", Forms.subject()),
          List.of(),
          "Names in verified certificates of callers: the first URI among the alternative names,"
              + " else the first DNS name, else the common name.",
          TenantSettings::subjects);

  static final Key<TenantSettings, List<String>> CLAIMS =
      new Key<>(
          "claims",
          Forms.list("claims", Forms.claim()),
          List.of(),
          "Values in verified tokens of the claim that callers.tokens.tenant-claim names; * for"
              + " every value that no tenant names.",
          TenantSettings::claims);

  static final Key<TenantSettings, Double> WEIGHT =
      new Key<>(
          "weight",
          Forms.decimal(0.001, 1000),
          1.0,
          "Its share while there is too much to do, relative to others; an address without a key"
              + " has 1.",
          TenantSettings::weight);

  static final Key<TenantSettings, Tier> PRIORITY =
      new Key<>(
          "priority",
          Forms.choice(Tier.class),
          Tier.DEFAULT,
          "The highest that it may claim with the header X-Weir-Priority; higher claims are"
              + " lowered to it.",
          TenantSettings::priority);

  private static final QuotaKeys<TenantSettings> QUOTA =
      QuotaKeys.of("quota", "of this tenant, in place of callers.quota", TenantSettings::quota);

  static final Schema<TenantSettings> SCHEMA =
      new Schema<>(
          Stream.of(
                  List.<Key<TenantSettings, ?>>of(NAME, KEYS, SUBJECTS, CLAIMS, WEIGHT, PRIORITY),
                  QUOTA.all())
              .flatMap(List::stream)
              .toList(),
          List.of(TenantKeys::make),
          TenantKeys::make);

  private TenantKeys() {}

  private static TenantSettings make(Values values) {
    return new TenantSettings(
        values.get(NAME),
        values.get(KEYS),
        values.get(SUBJECTS),
        values.get(CLAIMS),
        values.get(WEIGHT),
        values.get(PRIORITY),
        QUOTA.make(values));
  }
}
