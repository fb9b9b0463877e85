package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.TinyServer;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.benchmarks.load.Wire;
import dev.weir.benchmarks.load.http2.TinyGrpc;
import dev.weir.benchmarks.load.http2.TinyHttp2;
import dev.weir.proxy.path.Priority;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same crowd over each protocol. */
final class ProtocolsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final List<Question> QUESTIONS =
      Arrays.stream(Kind.values())
          .map(kind -> new Question(kind, Places.TRIP, Priority.DEFAULT, ""))
          .toList();
  private static final Script SCRIPT =
      new Script(
          Shape.constant(500, Duration.ofMillis(400)),
          Duration.ZERO,
          LONG,
          QUESTIONS,
          Shares.parse(Manner.class, "calm=1"),
          0,
          3);

  private final Rig rig = new Rig(4);

  @AfterEach
  void stop() {
    rig.close();
  }

  private void assertAllGood(Protocol protocol, InetSocketAddress address) throws Exception {
    int perConnection = protocol.shares() ? 32 : 1;
    Door door = new Door(protocol, address, perConnection);
    Schedule schedule = new Schedule(SCRIPT.shape(), SCRIPT.seed());
    long arrivals = 0;
    while (schedule.nextNanos() != Schedule.OVER) {
      arrivals++;
    }
    try (Wire wire = door.open(rig, 256, QUESTIONS, LONG)) {
      Book book =
          new Crowd(rig.generator(), wire, SCRIPT, new Book(0)).run().get(90, TimeUnit.SECONDS);
      assertEquals(256, wire.connected());
      assertEquals(arrivals, book.all().offered());
      assertEquals(arrivals, book.all().count(Verdict.GOOD), () -> "" + book.all().verdicts());
    }
  }

  private static String right(String path) {
    return path.startsWith("/route")
        ? TinyServer.ROUTE
        : TinyServer.response("200 OK", "{\"polygons\":[]}");
  }

  @Test
  void everyQuestionHasItsAnswerOverHttp1() throws Exception {
    try (TinyServer server = new TinyServer(ProtocolsTest::right)) {
      assertAllGood(Protocol.HTTP1, server.address());
    }
  }

  @Test
  void everyQuestionHasItsAnswerOverHttp2() throws Exception {
    try (TinyHttp2 server = new TinyHttp2(100, ProtocolsTest::right)) {
      assertAllGood(Protocol.HTTP2, server.address());
    }
  }

  @Test
  void everyQuestionHasItsAnswerOverGrpc() throws Exception {
    try (TinyGrpc server = new TinyGrpc(new TinyGrpc.Routes())) {
      assertAllGood(Protocol.GRPC, server.address());
    }
  }
}
