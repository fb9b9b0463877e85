package dev.weir.proxy.config;

import java.net.InetAddress;

/** Tells hosts that only this machine reaches. */
final class Loopback {

  private Loopback() {}

  /** Asks no name server: a name other than {@code localhost} may mean any address. */
  static boolean is(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
