package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class ConnectionCountTest {

  private final RecordingObserver observer = new RecordingObserver();
  private final ConnectionCount count = new ConnectionCount(10, 2, observer);

  @Test
  void theAddressesOfOneIpv6NetworkCountAsOne() throws Exception {
    assertTrue(count.enter(address("2001:db8:1:2::1")));
    assertTrue(count.enter(address("2001:db8:1:2:ffff::7")));
    assertFalse(count.enter(address("2001:db8:1:2::3")));
    assertTrue(count.enter(address("2001:db8:1:3::1")));

    count.leave(address("2001:db8:1:2:ffff::7"));
    assertTrue(count.enter(address("2001:db8:1:2::3")));
    assertEquals(3, count.open());
  }

  @Test
  void addressesOfVersion4CountWhole() throws Exception {
    assertTrue(count.enter(address("192.0.2.1")));
    assertTrue(count.enter(address("192.0.2.1")));
    assertFalse(count.enter(address("192.0.2.1")));
    assertTrue(count.enter(address("192.0.2.2")));
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }
}
