package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;

/**
 * The port of the operator. Whoever reaches it can read metrics and force the breaker, so it
 * listens on loopback unless told otherwise.
 *
 * @param port 0 takes any free one
 * @param token secret that requests which change something, and all that do not come over loopback,
 *     must bring as a bearer token; empty for none, which is allowed on loopback only
 * @param chaos whether operators may cause faults on purpose
 */
public record AdminSettings(String host, int port, String token, boolean chaos) {

  /** Without faults on purpose. */
  public AdminSettings(String host, int port, String token) {
    this(host, port, token, false);
  }

  public AdminSettings {
    AdminKeys.HOST.require(host);
    AdminKeys.PORT.require(port);
    AdminKeys.TOKEN.require(token);
    if (token.isEmpty() && !Loopback.is(host)) {
      throw new InvalidSetting(
          AdminKeys.TOKEN.name(), "must be set if " + AdminKeys.HOST.name() + " is not loopback");
    }
  }

  @Override
  public String toString() {
    return "AdminSettings[host=" + host + ", port=" + port + ", token=***, chaos=" + chaos + "]";
  }
}
