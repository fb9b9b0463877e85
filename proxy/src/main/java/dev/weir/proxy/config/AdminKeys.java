package dev.weir.proxy.config;

import java.util.List;
import java.util.function.Function;

/** The keys below {@code admin}. */
final class AdminKeys {

  static final Key<Settings, String> HOST =
      key(
          "host",
          Forms.host(),
          "127.0.0.1",
          "Address to listen on. From elsewhere than this machine, all but /health/live,"
              + " /health/ready and the files of the live page takes the token.",
          AdminSettings::host);

  static final Key<Settings, Integer> PORT =
      key(
          "port",
          Forms.whole(0, 65_535),
          8990,
          "Port of the operator; 0 takes any free one.",
          AdminSettings::port);

  static final Key<Settings, String> TOKEN =
      key(
          "token",
          Forms.secret(),
          "",
          "Secret that requests which change something, and all that do not come over loopback,"
              + " bring as a bearer token; empty for none, which is allowed on loopback only.",
          AdminSettings::token);

  static final Key<Settings, Boolean> CHAOS =
      key(
          "chaos",
          Forms.flag(),
          false,
          "Let whoever may change something cause faults on purpose, at /chaos; see docs/chaos.md.",
          AdminSettings::chaos);

  static final List<Key<Settings, ?>> ALL = List.of(HOST, PORT, TOKEN, CHAOS);

  private AdminKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<AdminSettings, T> of) {
    return new Key<>(
        "admin." + name, form, standard, sentence, settings -> of.apply(settings.admin()));
  }

  static AdminSettings make(Values values) {
    return new AdminSettings(
        values.get(HOST), values.get(PORT), values.get(TOKEN), values.get(CHAOS));
  }
}
