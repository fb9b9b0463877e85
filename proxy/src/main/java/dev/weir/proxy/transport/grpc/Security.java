package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.transport.tls.Certificates;
import dev.weir.proxy.transport.tls.Subject;
import dev.weir.proxy.transport.tls.Suites;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the gRPC port, by the BoringSSL that gRPC brings, or by Java where that has none for the
 * machine. Thread-safe. Made once; what changes is behind its {@link Certificates}.
 */
final class Security implements AutoCloseable {

  /** Name in the certificate of a connection's caller; absent if it has none. */
  static final Attributes.Key<String> SUBJECT = Attributes.Key.create("subject");

  private final SslContext context;

  Security(Certificates certificates) {
    this(certificates, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
  }

  Security(Certificates certificates, SslProvider provider) {
    if (provider == SslProvider.JDK) {
      Suites.refuseRenegotiation();
    }
    try {
      this.context =
          GrpcSslContexts.configure(SslContextBuilder.forServer(certificates.keys()), provider)
              .protocols(Suites.PROTOCOLS)
              .ciphers(Suites.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .trustManager(certificates.authorities())
              .clientAuth(clientAuth(certificates.settings().clientAuth()))
              .sessionTimeout(Suites.SESSION.toSeconds())
              .build();
    } catch (SSLException e) {
      throw new IllegalStateException("certificates were checked and are refused", e);
    }
  }

  private static ClientAuth clientAuth(TlsSettings.ClientAuth wanted) {
    return switch (wanted) {
      case NONE -> ClientAuth.NONE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
      case REQUIRED -> ClientAuth.REQUIRE;
    };
  }

  void addTo(NettyServerBuilder builder) {
    builder.sslContext(context);
  }

  /** The attributes of a new connection, and whose it is if a certificate tells. */
  static Attributes withSubject(Attributes connection) {
    SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    @Nullable String subject = session == null ? null : Subject.of(session);
    return subject == null ? connection : connection.toBuilder().set(SUBJECT, subject).build();
  }

  /** To be called when there are no connections any more. */
  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
