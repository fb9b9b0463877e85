package dev.weir.proxy.transport.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a port shows and whom it trusts. Immutable.
 *
 * @param chain the certificate of the server, then those above it
 * @param authorities judge the certificates of callers; {@code null} if they show none
 * @param expires when the first of the chain does
 */
record Credentials(
    List<X509Certificate> chain,
    PrivateKey key,
    @Nullable X509ExtendedTrustManager authorities,
    Instant expires) {}
