package dev.weir.proxy.transport.http;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.Gathering;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Frames of a caller, after the preface and settings of an HTTP/2 connection. Whatever they are,
 * what comes back is HTTP/2, with one answer for a stream at most and nothing after its end;
 * nothing fails on our side; and when the connection has ended no memory is kept, and no answer is
 * counted as unread. Statuses are the same whether frames arrive at once or byte by byte.
 */
public final class Http2Fuzz {

  private static final HttpSettings SETTINGS =
      TestServer.Limits.GENEROUS
          .withSizes(1_024, 2_048, 4_096, 16_384)
          .withStreams(20)
          .withPendingBytes(64 << 10)
          .settings();

  /** More is taken for a connection by nobody: tables, heads, bodies, and answers being made. */
  private static final long MOST_BYTES = 512 << 10;

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final FakeEngine ENGINE = new FakeEngine();
  private static final RestRoutes ROUTES = new RestRoutes(TestQuotes.at(CLOCK));
  private static final RpcMethods METHODS = new RpcMethods(ROUTES.methods());
  private static final Documents DOCUMENTS = new Documents(ENGINE);
  private static final Refusals REFUSALS = new Refusals(_ -> 0);
  private static final byte[] SETTINGS_FRAME = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  private static final ListAppender<ILoggingEvent> LOG = log();

  private final FakeApplication application = new FakeApplication();
  private final RecordingObserver observer = new RecordingObserver();
  private final MemoryChannel channel = new MemoryChannel();
  private final Answers answers = new Answers();
  private final EmbeddedChannel caller = new EmbeddedChannel(new FarEnd(answers));

  private Http2Fuzz() {}

  /** What a session says of itself when it ends by a fault. */
  private static ListAppender<ILoggingEvent> log() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(Http2Session.class)).addAppender(log);
    return log;
  }

  public static void fuzzerTestOneInput(byte[] data) {
    Map<Integer, String> atOnce = new Http2Fuzz().read(data, Math.max(1, data.length));
    Map<Integer, String> oneByOne = new Http2Fuzz().read(data, 1);
    // How far it gets before it is over with a flood or a mistake may differ, and for whom there is
    // no room beside answers that nobody could read yet.
    atOnce.values().removeIf("503"::equals);
    oneByOne.values().removeIf("503"::equals);
    atOnce.keySet().retainAll(oneByOne.keySet());
    oneByOne.keySet().retainAll(atOnce.keySet());
    if (!atOnce.equals(oneByOne)) {
      throw new IllegalStateException(atOnce + " at once, one by one " + oneByOne);
    }
  }

  private Map<Integer, String> read(byte[] data, int piece) {
    Http2Session session = SessionBuilder.session(channel, shared(), Caller.at("192.0.2.1"));
    channel.pipeline().addLast(session.guard(), session);
    take(Http2CodecUtil.connectionPrefaceBuf());
    take(Unpooled.wrappedBuffer(SETTINGS_FRAME));
    for (int at = 0; at < data.length && channel.isActive(); at += piece) {
      take(Unpooled.wrappedBuffer(data, at, Math.min(piece, data.length - at)));
    }
    reply(0);
    var _ = channel.close();
    hear();
    check(channel.usedBytes() == 0, "keeps memory: ", channel.usedBytes());
    check(observer.pendingBytes.get() == 0, "keeps answers: ", observer.pendingBytes);
    check(observer.faults.isEmpty(), "fails: ", observer.faults);
    check(LOG.list.isEmpty(), "complains: ", LOG.list);
    caller.finishAndReleaseAll();
    application.close();
    return answers.statuses;
  }

  private Shared shared() {
    HeldBytes held = new HeldBytes(SETTINGS.maxPendingAnswerBytes(), observer);
    TestServer.FakeLoad load = new TestServer.FakeLoad();
    return new Shared(
        SETTINGS,
        new TimeLimit(() -> new DeadlineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30))),
        application,
        ENGINE,
        ContractRules.ALL,
        ROUTES,
        METHODS,
        DOCUMENTS,
        null,
        () -> true,
        observer,
        () -> 0,
        new Traces(new SplittableRandom(1)),
        new AnswerEncoder(REFUSALS, new LoadLines(load), new HttpDate(CLOCK, () -> 0), held),
        held,
        new AtomicBoolean(),
        new Gathering(() -> 0, _ -> {}));
  }

  private void take(ByteBuf bytes) {
    channel.writeInbound(channel.alloc().buffer().writeBytes(bytes));
    bytes.release();
    check(channel.usedBytes() <= MOST_BYTES, "takes memory: ", channel.usedBytes());
    reply(1);
    hear();
  }

  /** Answers all calls but so many. */
  private void reply(int kept) {
    while (application.arrivals().size() > kept) {
      FakeApplication.Visit visit = application.arrivals().remove();
      visit.sink().reply(FakeApplication.reply(visit.call(), _ -> new Reply.Estimated(1, 2)));
    }
  }

  /** Lets the caller hear what was written. */
  private void hear() {
    channel.runPendingTasks();
    for (Object next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      ByteBuf written = (ByteBuf) next;
      caller.writeInbound(Unpooled.copiedBuffer(written));
      written.release();
    }
  }

  private static void check(boolean good, String what, Object found) {
    if (!good) {
      throw new IllegalStateException(what + found);
    }
  }

  /** Reads frames as any client does, and fails on what is none. */
  private static final class FarEnd extends ByteToMessageDecoder {

    private final Http2FrameReader reader = new DefaultHttp2FrameReader();
    private final Answers answers;

    FarEnd(Answers answers) {
      this.answers = answers;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
        throws Http2Exception {
      reader.readFrame(ctx, in, answers);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
      reader.close();
    }
  }

  /** What came on which stream. */
  private static final class Answers extends Http2FrameAdapter {

    private final Map<Integer, String> statuses = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private boolean cut;

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean last) {
      goesOn(id, last);
      String status = String.valueOf(headers.status());
      if (!status.equals("100")) {
        check(statuses.put(id, status) == null, "answers twice: ", id);
      }
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean last) {
      goesOn(id, last);
      check(statuses.containsKey(id), "has no head: ", id);
      return data.readableBytes() + padding;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long errorCode) {
      // Whose head could not be read may begin again.
      if (statuses.containsKey(id)) {
        ended.add(id);
      }
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int last, long errorCode, ByteBuf why) {
      check(!cut, "goes twice: ", last);
      cut = errorCode != Http2Error.NO_ERROR.code();
    }

    private void goesOn(int id, boolean last) {
      check(id % 2 == 1 && !ended.contains(id), "says more after the end: ", id);
      if (last) {
        ended.add(id);
      }
    }
  }
}
