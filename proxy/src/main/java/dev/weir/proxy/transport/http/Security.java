package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.transport.tls.Certificates;
import dev.weir.proxy.transport.tls.Suites;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * TLS of the HTTP port: BoringSSL where there is one for the machine, that of Java otherwise.
 * Thread-safe. Made once; what changes is behind its {@link Certificates}.
 */
final class Security implements AutoCloseable {

  /** How long the end of a connection waits for a caller to take what was written before it. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final SslProvider provider;
  private final SslContext context;
  private final Duration handshakeTimeout;

  /**
   * @param http2 is offered beside HTTP/1.1
   */
  Security(Certificates certificates, boolean http2) {
    this(certificates, http2, OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK);
  }

  Security(Certificates certificates, boolean http2, SslProvider provider) {
    TlsSettings settings = certificates.settings();
    this.handshakeTimeout = settings.handshakeTimeout();
    this.provider = provider;
    if (provider == SslProvider.JDK) {
      Suites.refuseRenegotiation();
    }
    try {
      this.context =
          SslContextBuilder.forServer(certificates.keys())
              .sslProvider(provider)
              .protocols(Suites.PROTOCOLS)
              .ciphers(Suites.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .applicationProtocolConfig(spoken(http2))
              .trustManager(certificates.authorities())
              .clientAuth(clientAuth(settings.clientAuth()))
              .sessionTimeout(Suites.SESSION.toSeconds())
              .build();
    } catch (SSLException e) {
      throw new IllegalStateException("certificates were checked and are refused", e);
    }
  }

  /** The protocols spoken over TLS, the best first; who offers none speaks the last. */
  private static ApplicationProtocolConfig spoken(boolean http2) {
    List<String> protocols =
        http2
            ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
            : List.of(ApplicationProtocolNames.HTTP_1_1);
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  private static ClientAuth clientAuth(TlsSettings.ClientAuth wanted) {
    return switch (wanted) {
      case NONE -> ClientAuth.NONE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
      case REQUIRED -> ClientAuth.REQUIRE;
    };
  }

  /** Who made it. */
  String kind() {
    return provider == SslProvider.JDK ? "Java" : OpenSsl.versionString();
  }

  /** What comes first on a connection. */
  SslHandler handler(ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(allocator);
    handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
    handler.setCloseNotifyFlushTimeoutMillis(FAREWELL.toMillis());
    return handler;
  }

  /** To be called when there are no connections any more. */
  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
