package dev.weir.proxy.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificates in a file.
 *
 * @param certificates in its order, at least one
 */
record CertificateFile(TlsFile file, List<X509Certificate> certificates) {

  static CertificateFile parse(TlsFile file, byte[] contents) throws Unusable {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.in(contents)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(file, block));
      }
    }
    if (certificates.isEmpty()) {
      throw file.unusable("holds no certificate in PEM");
    }
    return new CertificateFile(file, List.copyOf(certificates));
  }

  private static X509Certificate certificate(TlsFile file, PemBlock block) throws Unusable {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException | IllegalArgumentException e) {
      throw file.unusable("holds a certificate that cannot be read", e);
    }
  }

  /** The one that the others are there for. */
  X509Certificate leaf() {
    return certificates.getFirst();
  }

  /** When the first of them expires. */
  Instant expires() {
    return certificates.stream()
        .map(each -> each.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  void requireValid(Instant now) throws Unusable {
    for (X509Certificate each : certificates) {
      Instant begins = each.getNotBefore().toInstant();
      if (now.isBefore(begins)) {
        throw file.unusable("is not valid before " + begins);
      }
    }
    if (now.isAfter(expires())) {
      throw file.unusable("has expired at " + expires());
    }
  }

  /** Trusts whoever shows a certificate that comes from one of these. */
  X509ExtendedTrustManager authorities() throws Unusable {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        trusted.setCertificateEntry("ca-" + i, certificates.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw file.unusable("cannot be used by this Java");
    } catch (GeneralSecurityException | IOException e) {
      throw file.unusable("cannot be used", e);
    }
  }
}
