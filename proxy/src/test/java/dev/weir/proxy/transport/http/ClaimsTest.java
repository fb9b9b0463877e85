package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Traced;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks, as the head of a request tells. */
final class ClaimsTest {

  private static final Caller UNNAMED = Caller.at("10.0.0.1");
  private static final RestRoutes ROUTES =
      new RestRoutes(TestQuotes.at(InstantSource.fixed(Instant.EPOCH)));

  private static @Nullable Caller read(String target, String... namesAndValues) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
    HttpHeaders headers = request.headers();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Claims.of(
        headers,
        RequestHead.of(request, ROUTES, new RpcMethods(ROUTES.methods()), Traced.ANY, 0),
        UNNAMED);
  }

  private static Caller caller(String target, String... namesAndValues) {
    return Objects.requireNonNull(read(target, namesAndValues));
  }

  @Test
  void makesNothingForACallerWhoClaimsNothing() {
    assertSame(UNNAMED, read("/route?point=1,2"));
    assertSame(UNNAMED, read("/route?point=1,2&key="));
    assertSame(UNNAMED, read("/route?point=1,2&key"));
    assertSame(UNNAMED, read("/route", "Authorization", "Basic dXNlcjp3b3Jk"));
  }

  @ParameterizedTest
  @CsvSource({"X-API-Key, a-key", "x-api-key, a-key", "Authorization, bearer  a-key"})
  void takesAKeyFromAHeader(String name, String value) {
    assertEquals("a-key", caller("/route", name, value).credential());
  }

  @ParameterizedTest
  @CsvSource({"key=a-key, a-key", "point=1&key=a%2Bkey&profile=car, a+key", "monkey=x&key=y, y"})
  void takesAKeyFromTheParameterOfGraphHoppersClients(String query, String key) {
    assertEquals(key, caller("/route?" + query).credential());
  }

  @Test
  void aHeaderGoesBeforeTheParameterThatClientsCannotLeaveOut() {
    assertEquals("mine", caller("/route?key=none", "X-API-Key", "mine").credential());
    assertEquals("mine", caller("/route?key=none", "Authorization", "Bearer mine").credential());
  }

  @ParameterizedTest
  @CsvSource({"critical, CRITICAL", "Default, DEFAULT", "SHEDDABLE, SHEDDABLE", "batch, BATCH"})
  void readsAClaimedPriority(String word, Priority claimed) {
    assertEquals(claimed, caller("/route", "X-Weir-Priority", word).claimed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "urgent", "critical,batch", "0"})
  void doesNotGuessWhatAPriorityMeans(String word) {
    assertNull(read("/route", "X-Weir-Priority", word));
  }

  @Test
  void keepsNoMoreOfAUsersNameThanNeeded() {
    assertEquals("rider-7", caller("/route", "X-Weir-User", "rider-7").user());
    String user = Objects.requireNonNull(caller("/route", "X-Weir-User", "x".repeat(999)).user());
    assertEquals(128, user.length());
  }

  @Test
  void anEstimateIsWelcomeToWhoSaysSoAndCanReadIt() {
    assertTrue(caller("/route", "X-Weir-Accept", "estimate").estimateWelcome());
    assertFalse(caller("/route", "X-Weir-Accept", "anything").estimateWelcome());
    assertFalse(caller("/route?type=gpx", "X-Weir-Accept", "estimate").estimateWelcome());
  }
}
