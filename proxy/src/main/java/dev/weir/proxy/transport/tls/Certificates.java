package dev.weir.proxy.transport.tls;

import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.path.CertificateObserver;
import dev.weir.proxy.path.CertificateObserver.Port;
import dev.weir.proxy.transport.BindFailed;
import java.time.InstantSource;
import java.util.Locale;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key and certificate of a port, and whom it trusts, as the files were when they were last good.
 * Thread-safe.
 *
 * <p>Files are looked at by {@link #check} and not watched: a mount of Kubernetes swaps directories
 * behind links, which tells watchers nothing. A change counts when two looks in a row agree, so
 * that a pair of files that is caught half written is no event. Connections keep what they were
 * secured with; only handshakes ask for what is current, so nothing has to be swapped in servers.
 */
public final class Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private final Port port;
  private final TlsSettings settings;
  private final TlsFiles files;
  private final InstantSource clock;
  private final CurrentCredentials current;

  /** The last that was taken or refused. */
  private String judged;

  /** What the last look found. */
  private String seen;

  private Certificates(
      Port port,
      TlsSettings settings,
      TlsFiles files,
      InstantSource clock,
      TlsFiles.Contents contents)
      throws Unusable {
    this.port = port;
    this.settings = settings;
    this.files = files;
    this.clock = clock;
    this.current = new CurrentCredentials(contents.parse(clock.instant()));
    this.judged = contents.digest();
    this.seen = judged;
  }

  /**
   * Reads them for the first time; blocks.
   *
   * @throws BindFailed with one line that says what is wrong with which file
   */
  public static Certificates read(Port port, TlsSettings settings, InstantSource clock)
      throws BindFailed {
    TlsFiles files = TlsFiles.of(settings, port.name().toLowerCase(Locale.ROOT) + ".tls");
    try {
      return new Certificates(port, settings, files, clock, files.read());
    } catch (Unusable e) {
      throw new BindFailed(e.line(), e);
    }
  }

  public TlsSettings settings() {
    return settings;
  }

  /** Gives handshakes the current key. */
  public X509ExtendedKeyManager keys() {
    return new CurrentKey(current);
  }

  /** Judges certificates of callers by the current authorities. */
  public X509ExtendedTrustManager authorities() {
    return new CurrentAuthorities(current);
  }

  /** Tells which certificate is in use. */
  public void announce(CertificateObserver observer) {
    observer.certificateInUse(port, current.get().expires());
  }

  /**
   * Looks at the files, and uses them if they have changed and are good. Blocks; to be called every
   * few seconds.
   */
  public synchronized void check(CertificateObserver observer) {
    Look look = look();
    boolean settled = look.state().equals(seen);
    seen = look.state();
    if (!settled || seen.equals(judged)) {
      return;
    }
    judged = seen;
    try {
      current.set(look.contents().parse(clock.instant()));
      LOG.info("{}: another certificate is in use, until {}", port, current.get().expires());
      announce(observer);
    } catch (Unusable e) {
      LOG.warn("{}: the former certificate stays in use: {}", port, e.line());
      observer.certificateRefused(port);
    }
  }

  private Look look() {
    try {
      TlsFiles.Contents contents = files.read();
      return new Look(contents.digest(), contents);
    } catch (Unusable e) {
      return new Look(e.line(), null);
    }
  }

  /**
   * What was found.
   *
   * @param state a digest, or what kept the files from being read
   * @param read {@code null} if they were not
   */
  private record Look(String state, TlsFiles.@Nullable Contents read) {

    TlsFiles.Contents contents() throws Unusable {
      if (read == null) {
        throw new Unusable(state);
      }
      return read;
    }
  }
}
