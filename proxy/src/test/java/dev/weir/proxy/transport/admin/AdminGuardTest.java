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

  @Test
  void whoComesOverTheNetworkIsLetNowhereWhereThereIsNoToken() {
    assertEquals(HttpResponseStatus.FORBIDDEN, new AdminGuard("", false).refusalToRead(NOTHING));
  }
}
