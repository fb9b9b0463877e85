package dev.weir.proxy.transport.admin.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.transport.NoLeaks;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who hears what, and who is cut. */
@ExtendWith(NoLeaks.class)
@SuppressWarnings("FutureReturnValueIgnored") // an embedded channel does everything at once
final class FeedTest {

  private static final Pattern EVENT = Pattern.compile("event: (\\w+)\n");

  private final Feed feed =
      new Feed(
          new FakeTotals(),
          () -> FakeVitals.CALM,
          new ManualTicker(),
          InstantSource.fixed(Instant.EPOCH));

  /** Names of the events that were written since this was asked last. */
  private static List<String> heard(EmbeddedChannel channel) {
    List<String> events = new ArrayList<>();
    for (HttpContent part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      Matcher matcher = EVENT.matcher(part.content().toString(UTF_8));
      while (matcher.find()) {
        events.add(matcher.group(1));
      }
      part.release();
    }
    return events;
  }

  @Test
  void whoComesLateHearsOfTheLastTenMinutes() {
    for (int i = 0; i < Feed.KEPT_SECONDS + 7; i++) {
      feed.tick();
    }
    EmbeddedChannel late = new EmbeddedChannel();
    feed.add(late);

    List<String> events = heard(late);
    assertEquals("hello", events.getFirst());
    assertEquals("now", events.getLast());
    assertEquals(Feed.KEPT_SECONDS, events.stream().filter("sample"::equals).count());
    feed.tick();
    assertEquals(List.of("sample", "now"), heard(late));
    late.close();
  }

  @Test
  void whoIsGoneMakesRoomForAnother() {
    List<EmbeddedChannel> channels = new ArrayList<>();
    while (feed.hasRoom()) {
      EmbeddedChannel channel = new EmbeddedChannel();
      feed.add(channel);
      channels.add(channel);
    }
    assertEquals(Feed.MOST_LISTENERS, channels.size());

    channels.getFirst().close();

    assertTrue(feed.hasRoom());
    channels.forEach(FeedTest::heard);
    channels.forEach(EmbeddedChannel::close);
  }

  @Test
  void whoDoesNotReadIsCut() {
    EmbeddedChannel slow = new EmbeddedChannel();
    feed.add(slow);
    heard(slow);
    slow.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    for (int i = 0; i < Feed.MOST_MISSED; i++) {
      feed.tick();
    }
    assertTrue(slow.isOpen());
    assertEquals(List.of(), heard(slow));

    feed.tick();

    assertFalse(slow.isOpen());
    assertEquals(List.of(), heard(slow));
  }
}
