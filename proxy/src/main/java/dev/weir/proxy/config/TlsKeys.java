package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code tls} of a port. Immutable. */
final class TlsKeys {

  static final Form<Duration> HANDSHAKE_TIMEOUT = Forms.duration("1ms", "1h");

  private final String prefix;
  private final Function<Settings, TlsSettings> of;
  private final Key<Settings, Path> certificate;
  private final Key<Settings, Path> key;
  private final Key<Settings, Path> clientCa;
  private final Key<Settings, TlsSettings.ClientAuth> clientAuth;
  private final Key<Settings, Duration> handshakeTimeout;

  /**
   * @param port name of the group of the port
   */
  TlsKeys(String port, Function<Settings, TlsSettings> of) {
    this.prefix = port + ".tls.";
    this.of = of;
    this.certificate =
        make(
            "certificate",
            Forms.path(),
            TlsSettings.NO_FILE,
            "PEM file with the server's certificate and those above it; empty for clear text. See"
                + " docs/security.md.",
            TlsSettings::certificate);
    this.key =
        make(
            "key",
            Forms.path(),
            TlsSettings.NO_FILE,
            "PEM file with the private key of that certificate, which not everybody may read.",
            TlsSettings::key);
    this.clientCa =
        make(
            "client-ca",
            Forms.path(),
            TlsSettings.NO_FILE,
            "PEM file with the authorities that certificates of callers come from.",
            TlsSettings::clientCa);
    this.clientAuth =
        make(
            "client-auth",
            Forms.choice(TlsSettings.ClientAuth.class),
            TlsSettings.ClientAuth.NONE,
            "Whether callers show a certificate from client-ca.",
            TlsSettings::clientAuth);
    this.handshakeTimeout =
        make(
            "handshake-timeout",
            HANDSHAKE_TIMEOUT,
            Duration.ofSeconds(10),
            "A connection that is not secured by then is closed.",
            TlsSettings::handshakeTimeout);
  }

  List<Key<Settings, ?>> all() {
    return List.of(certificate, key, clientCa, clientAuth, handshakeTimeout);
  }

  private <T> Key<Settings, T> make(
      String name, Form<T> form, T standard, String sentence, Function<TlsSettings, T> part) {
    return new Key<>(
        prefix + name, form, standard, sentence, settings -> part.apply(of.apply(settings)));
  }

  TlsSettings make(Values values) {
    try {
      return new TlsSettings(
          values.get(certificate),
          values.get(key),
          values.get(clientCa),
          values.get(clientAuth),
          values.get(handshakeTimeout));
    } catch (InvalidSetting e) {
      // The record does not know whose it is.
      throw new InvalidSetting(prefix + e.setting(), e.complaint());
    }
  }
}
