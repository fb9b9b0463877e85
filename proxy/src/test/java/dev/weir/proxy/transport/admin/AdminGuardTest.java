package dev.weir.proxy.transport.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.Test;

final class AdminGuardTest {

  private static final HttpHeaders NOTHING = new DefaultHttpHeaders();
  private static final HttpHeaders TOKEN =
      new DefaultHttpHeaders().set("Authorization", "Bearer the-secret");
  private static final HttpHeaders GUESS =
      new DefaultHttpHeaders().set("Authorization", "Bearer the-secreT");

  @Test
  void whoComesOverTheNetworkReadsNothingWithoutTheToken() {
    AdminGuard guard = new AdminGuard("the-secret", false);

    assertEquals(HttpResponseStatus.UNAUTHORIZED, guard.refusalToRead(NOTHING));
    assertEquals(HttpResponseStatus.UNAUTHORIZED, guard.refusalToRead(GUESS));
    assertNull(guard.refusalToRead(TOKEN));
    assertEquals(HttpResponseStatus.UNAUTHORIZED, guard.refusal(NOTHING));
    assertNull(guard.refusal(TOKEN));
  }

  @Test
  void whoIsOnTheMachineReadsWithoutTheTokenAndChangesNothing() {
    AdminGuard guard = new AdminGuard("the-secret", true);

    assertNull(guard.refusalToRead(NOTHING));
    assertEquals(HttpResponseStatus.UNAUTHORIZED, guard.refusal(NOTHING));
  }

  private static HttpHeaders from(String host, String origin) {
    return new DefaultHttpHeaders()
        .set("Host", host)
        .set("Origin", origin)
        .set("Authorization", "Bearer the-secret");
  }

  @Test
  void itsOwnPageMayChangeThingsAndOthersMayNot() {
    AdminGuard guard = new AdminGuard("the-secret", false);

    assertNull(guard.refusal(from("weir.example:8990", "http://weir.example:8990")));
    assertNull(guard.refusal(from("weir.example", "https://weir.example")));
    for (String other : new String[] {"http://weir.example", "https://evil.example", "null"}) {
      assertEquals(
          HttpResponseStatus.FORBIDDEN, guard.refusal(from("weir.example:8990", other)), other);
    }
  }

  @Test
  void aPageWhoseHostHasTakenTheAddressOfThisMachineIsNotLocal() {
    AdminGuard guard = new AdminGuard("", true);

    for (String host : new String[] {"localhost:8990", "127.0.0.1:8990", "[::1]:8990"}) {
      assertNull(guard.refusal(from(host, "http://" + host)), host);
      assertNull(guard.refusalToRead(from(host, "http://" + host)), host);
    }
    HttpHeaders rebound = from("evil.example:8990", "http://evil.example:8990");
    assertEquals(HttpResponseStatus.FORBIDDEN, guard.refusal(rebound));
    assertEquals(HttpResponseStatus.FORBIDDEN, guard.refusalToRead(rebound));
    assertNull(new AdminGuard("the-secret", true).refusalToRead(rebound));
  }

  @Test
  void whoComesOverTheNetworkIsLetNowhereWhereThereIsNoToken() {
    assertEquals(HttpResponseStatus.FORBIDDEN, new AdminGuard("", false).refusalToRead(NOTHING));
  }
}
