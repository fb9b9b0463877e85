package dev.weir.chaos.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.chaos.report.Timeline;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of requests is told as it was, by a server that does what the test says. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails shows at the other end
final class Http2TrafficTest {

  private static final Question QUESTION = new Question("/x", "{\"took\":0,\"a\":1}");
  private static final String ANSWER = "{\"took\":17,\"a\":1}";

  private final Timeline timeline = new Timeline();

  private Traffic traffic(ScriptedHttp2 server, Manner manner) {
    return Traffic.http2(server.address(), List.of(QUESTION), manner, timeline, 1);
  }

  /** Asks one after the other until there is such an end, or fails after long. */
  private void asks(Consumer<Channel> answer, Fate expected) {
    try (ScriptedHttp2 server = new ScriptedHttp2(answer);
        Traffic traffic = traffic(server, Manner.calm(Duration.ofSeconds(10)))) {
      traffic.keep(1);
      Await.until(() -> timeline.count(expected) > 0);
      for (Fate fate : Fate.values()) {
        assertTrue(fate == expected || timeline.count(fate) == 0, fate + " came as well");
      }
    }
  }

  private static void head(Channel stream, int status, boolean end) {
    stream.write(
        new DefaultHttp2HeadersFrame(
            new DefaultHttp2Headers().status(Integer.toString(status)), end));
  }

  private static void body(Channel stream, String text, boolean end) {
    stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, UTF_8), end));
  }

  private static Consumer<Channel> answer(int status, String body) {
    return stream -> {
      head(stream, status, false);
      body(stream, body, true);
    };
  }

  @Test
  void theAnswerOfCalmTimesIsGoodWhateverItTook() {
    asks(answer(200, ANSWER), Fate.GOOD);
  }

  @Test
  void anAnswerThatComesInPiecesIsGood() {
    asks(
        stream -> {
          head(stream, 200, false);
          body(stream, ANSWER.substring(0, 5), false);
          body(stream, ANSWER.substring(5), true);
        },
        Fate.GOOD);
  }

  @Test
  void anotherAnswerIsWrong() {
    asks(answer(200, ANSWER.replace("1}", "2}")), Fate.WRONG);
  }

  @Test
  void anAnswerWithoutABodyIsWrong() {
    asks(
        stream -> {
          head(stream, 200, true);
          stream.flush();
        },
        Fate.WRONG);
  }

  @Test
  void anAnswerThatIsResetInTheMiddleIsTruncated() {
    asks(
        stream -> {
          head(stream, 200, false);
          body(stream, ANSWER.substring(0, 5), false);
          stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        },
        Fate.TRUNCATED);
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfAnAnswerTruncatesIt() {
    asks(
        stream -> {
          head(stream, 200, false);
          body(stream, ANSWER.substring(0, 5), false);
          stream.parent().close();
        },
        Fate.TRUNCATED);
  }

  @Test
  void aStreamThatIsResetWithoutAnAnswerIsCut() {
    asks(
        stream -> stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM)),
        Fate.CUT);
  }

  @Test
  void aRefusalIsARefusal() {
    asks(answer(503, "no"), Fate.REFUSED);
  }

  @Test
  void anyOtherStatusIsAFailure() {
    asks(answer(500, "no"), Fate.FAILED);
  }

  @Test
  void afterAConnectionHasEndedAnotherOneIsMade() {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedHttp2 server =
            new ScriptedHttp2(
                stream -> {
                  if (asked.incrementAndGet() <= 10) {
                    stream.parent().close();
                  } else {
                    answer(200, ANSWER).accept(stream);
                  }
                });
        Traffic traffic = traffic(server, Manner.calm(Duration.ofSeconds(10)))) {
      traffic.keep(2);
      Await.until(() -> timeline.count(Fate.GOOD) > 10);
    }
  }

  @Test
  void whoeverGivesUpHangsUp() {
    Manner hasty = new Manner(4, Duration.ofMillis(50), Duration.ofMillis(100), 0);
    try (ScriptedHttp2 server = new ScriptedHttp2(_ -> {});
        Traffic traffic = traffic(server, hasty)) {
      traffic.offer(100);
      Await.until(() -> timeline.count(Fate.UNSENT) > 0);
      Await.until(() -> timeline.count(Fate.UNANSWERED) > 4);
    }
  }
}
