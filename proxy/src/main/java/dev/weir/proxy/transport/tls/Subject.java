package dev.weir.proxy.transport.tls;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The name by which the holder of a certificate is known. */
public final class Subject {

  // Kinds of alternative names (RFC 5280, 4.2.1.6).
  private static final Integer DNS_NAME = 2;
  private static final Integer URI = 6;

  private Subject() {}

  /** That of the peer, {@code null} if it showed no certificate; costs a few microseconds. */
  public static @Nullable String of(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? of(leaf) : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /**
   * The first URI among the alternative names, else the first DNS name, else the common name, else
   * {@code null}.
   */
  static @Nullable String of(X509Certificate certificate) {
    String uri = alternative(certificate, URI);
    if (uri != null) {
      return uri;
    }
    String dns = alternative(certificate, DNS_NAME);
    return dns != null ? dns : commonName(certificate.getSubjectX500Principal());
  }

  private static @Nullable String alternative(X509Certificate certificate, Integer kind) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (kind.equals(name.get(0)) && name.get(1) instanceof String text) {
            return text;
          }
        }
      }
      return null;
    } catch (CertificateParsingException e) {
      return null;
    }
  }

  /** The most specific one: of a name as text, the first; of its list, the last. */
  private static @Nullable String commonName(X500Principal name) {
    try {
      String common = null;
      for (Rdn part : new LdapName(name.getName(X500Principal.RFC2253)).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String text) {
          common = text;
        }
      }
      return common;
    } catch (InvalidNameException e) {
      return null;
    }
  }
}
