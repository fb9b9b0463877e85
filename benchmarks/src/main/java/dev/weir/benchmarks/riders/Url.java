package dev.weir.benchmarks.riders;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a running server is. */
final class Url {
  /** Homes of the riders: ports of one address do not get scarce. */
  private static final int LOOPBACK_SOURCES = 100;

  private Url() {}

  /**
   * Reads {@code SCHEME://HOST:PORT}.
   *
   * @param option that it is the value of
   * @throws IllegalArgumentException with one sentence
   */
  static InetSocketAddress address(String option, String scheme, String url) {
    try {
      URI uri = new URI(url);
      boolean plain = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
      if (scheme.equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0 && plain) {
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
        if (address.isUnresolved()) {
          throw new IllegalArgumentException(option + ": there is no host " + uri.getHost());
        }
        return address;
      }
    } catch (URISyntaxException | NullPointerException e) {
      // said below
    }
    throw new IllegalArgumentException(option + " must be " + scheme + "://HOST:PORT, not " + url);
  }

  /** Of how many addresses of this machine riders come; 0 where the system has to choose one. */
  static int sources(InetSocketAddress server) {
    return server.getAddress().isLoopbackAddress() ? LOOPBACK_SOURCES : 0;
  }
}
