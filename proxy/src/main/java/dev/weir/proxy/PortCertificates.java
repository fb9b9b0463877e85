package dev.weir.proxy;

import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.path.CertificateObserver;
import dev.weir.proxy.path.CertificateObserver.Port;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.tls.Certificates;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of the ports for callers; {@code null} for clear text.
 *
 * @param grpc {@code null}, too, if there is no such port
 */
record PortCertificates(@Nullable Certificates http, @Nullable Certificates grpc) {

  /**
   * Reads them; blocks.
   *
   * @throws BindFailed with one line that says what is wrong with which file
   */
  static PortCertificates read(Settings settings, InstantSource clock) throws BindFailed {
    return new PortCertificates(
        read(Port.HTTP, settings.http().tls(), clock),
        settings.grpc().enabled() ? read(Port.GRPC, settings.grpc().tls(), clock) : null);
  }

  private static @Nullable Certificates read(Port port, TlsSettings tls, InstantSource clock)
      throws BindFailed {
    return tls.on() ? Certificates.read(port, tls, clock) : null;
  }

  private void each(Consumer<Certificates> task) {
    Stream.of(http, grpc).filter(Objects::nonNull).forEach(task);
  }

  void announce(CertificateObserver observer) {
    each(certificates -> certificates.announce(observer));
  }

  /** Looks whether the files have changed; blocks. */
  void check(CertificateObserver observer) {
    each(certificates -> certificates.check(observer));
  }
}
