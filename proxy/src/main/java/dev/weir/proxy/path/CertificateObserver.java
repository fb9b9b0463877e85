package dev.weir.proxy.path;

import java.time.Instant;

/** Hears what becomes of the certificates that ports show. Thread-safe. */
public interface CertificateObserver {

  /** A port that may speak TLS. */
  enum Port {
    HTTP,
    GRPC
  }

  /**
   * New handshakes get this certificate.
   *
   * @param expires when it, or the first of those above it, does
   */
  void certificateInUse(Port port, Instant expires);

  /** The files have changed and cannot be used; the former certificate stays in use. */
  void certificateRefused(Port port);
}
