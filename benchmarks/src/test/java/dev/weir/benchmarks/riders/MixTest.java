package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Requests.Area;
import dev.weir.benchmarks.load.Requests.Plain;
import dev.weir.benchmarks.load.http2.Rpc;
import dev.weir.proxy.path.Priority;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Search;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MixTest {
  private static final City CITY = new City(new Area(8.0, 49.0, 8.6, 49.4), List.of(), 4);
  private static final Mix MIX =
      new Mix(
          Shares.parse(Kind.class, "speed=85,flexible=10,alternatives=3,isochrone=2"),
          Shares.parse(Priority.class, "critical=10,default=90"),
          List.of("one", "two"));

  private static long count(List<Question> questions, Kind kind) {
    return questions.stream().filter(q -> q.kind() == kind).count();
  }

  @Test
  void kindsComeInTheirShares() {
    List<Question> order = MIX.order(MIX.candidates(CITY, 1_000, 1), 10_000, 1);
    assertEquals(10_000, order.size());
    assertEquals(8_500, (double) count(order, Kind.SPEED), 180);
    assertEquals(1_000, (double) count(order, Kind.FLEXIBLE), 150);
    assertEquals(300, (double) count(order, Kind.ALTERNATIVES), 85);
    assertEquals(200, (double) count(order, Kind.ISOCHRONE), 70);
  }

  @Test
  void rareKindsHaveCandidatesEnoughAndAbsentOnesNone() {
    Mix mix =
        new Mix(
            Shares.parse(Kind.class, "speed=999,isochrone=1"),
            Shares.parse(Priority.class, "default=1"),
            List.of());
    List<Question> candidates = mix.candidates(CITY, 1_000, 1);
    assertEquals(40, count(candidates, Kind.ISOCHRONE));
    assertEquals(0, count(candidates, Kind.FLEXIBLE));
  }

  @Test
  void theSameSeedGivesTheSameQuestions() {
    assertEquals(MIX.candidates(CITY, 500, 3), MIX.candidates(CITY, 500, 3));
    List<Question> candidates = MIX.candidates(CITY, 500, 3);
    assertEquals(MIX.order(candidates, 100, 4), MIX.order(candidates, 100, 4));
  }

  @Test
  void aKindWithoutAnAnswerIsAnError() {
    List<Question> routes =
        MIX.candidates(CITY, 500, 1).stream().filter(q -> q.kind().isRoute()).toList();
    LoadException wrong = assertThrows(LoadException.class, () -> MIX.order(routes, 1_000, 1));
    assertEquals("the server answers no request of the kind isochrone", wrong.getMessage());
  }

  @Test
  void aQuestionSaysDeadlineTierAndKey() {
    Question question = new Question(Kind.FLEXIBLE, Places.TRIP, Priority.BATCH, "secret");
    Plain plain = question.plain(Duration.ofMillis(300));
    assertEquals(Kind.FLEXIBLE.target(Places.TRIP) + "&timeout_ms=300", plain.target());
    assertEquals(
        List.of("X-Request-Timeout-Ms: 300", "X-Weir-Priority: batch", "X-Api-Key: secret"),
        plain.headers());
  }

  @Test
  void aCallSaysTheSameInTheWordsOfTheContract() {
    Rpc rpc =
        new Question(Kind.FLEXIBLE, Places.TRIP, Priority.BATCH, "secret")
            .rpc(Duration.ofMillis(300));
    assertEquals("weir.v1.RoutingService/GetRoute", rpc.method());
    assertEquals(
        List.of("grpc-timeout", "300m", "x-weir-priority", "batch", "x-api-key", "secret"),
        rpc.metadata());
    GetRouteRequest route = (GetRouteRequest) rpc.request();
    assertEquals(Search.SEARCH_FLEXIBLE, route.getSearch());
    assertEquals(49.1, route.getOrigin().getLatitude());
    assertEquals(8.2, route.getDestination().getLongitude());
  }

  @Test
  void kindsAskForWhatTheyAreCalled() {
    List<Question> candidates = MIX.candidates(CITY, 500, 1);
    for (Question q : candidates) {
      assertEquals(q.kind() == Kind.ISOCHRONE, q.target().startsWith("/isochrone?"));
      assertEquals(
          q.kind() == Kind.FLEXIBLE || q.kind() == Kind.ALTERNATIVES,
          q.target().contains("ch.disable=true"));
      assertEquals(q.kind() == Kind.ALTERNATIVES, q.target().contains("alternative_route"));
    }
    assertTrue(candidates.stream().anyMatch(q -> q.target().contains("time_limit=600")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "walk=1|'walk' is none of speed, flexible, alternatives, isochrone (as in name=weight)",
        "speed|the share of 'speed' must be a number from 0 on",
        "speed=-1|the share of 'speed' must be a number from 0 on",
        "speed=NaN|the share of 'speed' must be a number from 0 on",
        "speed=1,speed=2|'speed' is given twice",
        "speed=0|one of the shares must be above 0",
      })
  void aMistakeInSharesIsOneSentence(String text, String sentence) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> Shares.parse(Kind.class, text));
    assertEquals(sentence, wrong.getMessage());
  }
}
