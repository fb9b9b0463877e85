package dev.weir.proxy.config;

/**
 * The port of the operator. Whoever reaches it can read metrics and force the breaker, so it listens
 * on loopback unless told otherwise.
 *
 * @param port 0 takes any free one
 * @param token secret that requests which change something must bring as a bearer token; empty for
 *     none, which is allowed on loopback only
 */
public record AdminSettings(String host, int port, String token) {

  @Override
  public String toString() {
    return "AdminSettings[host=" + host + ", port=" + port + ", token=***]";
  }
}
