package dev.weir.chaos.load;

import dev.weir.chaos.report.Timeline;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Load: at a rate, whether answered or not, or by so many callers who ask again when answered. Both
 * can be changed at any time, from any thread; everything else happens on one event loop.
 *
 * <p>Latency counts from when a request was due, so that a stall of server or loop shows in it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty logs what a task throws
public final class Traffic implements AutoCloseable {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int SENDS_AT_ONCE = 64;
  private static final long IDLE_NANOS = 5_000_000;
  private static final long LOOK_MILLIS = 20;

  private final List<Question> questions;
  private final Manner manner;
  private final Timeline timeline;
  private final SplittableRandom random;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("chaos-traffic", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Lines lines;
  private final ArrayDeque<Line> free = new ArrayDeque<>();
  private final Set<Line> open = new LinkedHashSet<>();
  private int connecting;
  private int turn;
  private long nextNanos;
  private int underWay;
  private boolean closing;
  private volatile double perSecond;
  private volatile int kept;

  private Traffic(
      Function<EventLoop, Lines> protocol,
      List<Question> questions,
      Manner manner,
      Timeline timeline,
      long seed) {
    this.questions = List.copyOf(questions);
    this.manner = manner;
    this.timeline = timeline;
    this.random = new SplittableRandom(seed);
    this.lines = protocol.apply(loop);
    nextNanos = System.nanoTime();
    loop.execute(this::pump);
    loop.scheduleWithFixedDelay(
        this::hangUpOnTheLate, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** By HTTP/1.1, to the port for that. */
  public static Traffic http(
      InetSocketAddress server,
      List<Question> questions,
      Manner manner,
      Timeline timeline,
      long seed) {
    return new Traffic(
        loop -> new HttpLines(server, manner, loop), questions, manner, timeline, seed);
  }

  /** By HTTP/2, to the same port. */
  public static Traffic http2(
      InetSocketAddress server,
      List<Question> questions,
      Manner manner,
      Timeline timeline,
      long seed) {
    return new Traffic(
        loop -> new Http2Lines(server, manner, loop), questions, manner, timeline, seed);
  }

  /** By gRPC, to the port for that. */
  public static Traffic grpc(
      InetSocketAddress server,
      List<Question> questions,
      Manner manner,
      Timeline timeline,
      long seed) {
    return new Traffic(loop -> new GrpcLines(server, loop), questions, manner, timeline, seed);
  }

  /**
   * From now on so many requests come due, at random moments, whatever becomes of them.
   *
   * @param rate per second, 0 for none
   */
  public void offer(double rate) {
    perSecond = rate;
  }

  /** From now on so many callers ask, wait, and ask again; 0 for none. */
  public void keep(int callers) {
    kept = callers;
  }

  private void pump() {
    if (closing) {
      return;
    }
    long nowNanos = System.nanoTime();
    double rate = perSecond;
    for (int i = underWay; i < kept; i++) {
      send(ask(nowNanos));
    }
    if (rate <= 0) {
      nextNanos = nowNanos;
      loop.schedule(this::pump, IDLE_NANOS, TimeUnit.NANOSECONDS);
      return;
    }
    for (int i = 0; i < SENDS_AT_ONCE && nextNanos <= nowNanos; i++) {
      send(ask(nextNanos));
      nextNanos += (long) (-Math.log(1 - random.nextDouble()) * NANOS_PER_SECOND / rate);
    }
    long waitNanos = Math.clamp(nextNanos - System.nanoTime(), 0, IDLE_NANOS);
    loop.schedule(this::pump, waitNanos, TimeUnit.NANOSECONDS);
  }

  private Ask ask(long dueNanos) {
    turn = (turn + 1) % questions.size();
    return new Ask(questions.get(turn), dueNanos, manner.retries());
  }

  private void send(Ask ask) {
    Line line = free.poll();
    while (line != null && !line.usable()) {
      line = free.poll();
    }
    underWay++;
    if (line != null) {
      line.send(ask, manner.deadline().toMillis());
    } else if (open.size() + connecting < manner.connections()) {
      connecting++;
      lines.open(this, made -> opened(made, ask));
    } else {
      ended(ask, Fate.UNSENT);
    }
  }

  private void opened(@Nullable Line line, Ask ask) {
    connecting--;
    if (line == null || closing) {
      if (line != null) {
        line.hangUp();
      }
      ended(ask, Fate.CUT);
      return;
    }
    open.add(line);
    line.send(ask, manner.deadline().toMillis());
  }

  void free(Line line) {
    free.add(line);
  }

  void lost(Line line) {
    open.remove(line);
  }

  /** An answer came that nobody had asked for. */
  void surplus() {
    timeline.surplus();
  }

  void answered(Ask ask, int status, boolean right) {
    boolean inTime = System.nanoTime() - ask.dueNanos() <= manner.deadline().toNanos();
    ended(ask, Fate.of(status, right, inTime));
  }

  void ended(Ask ask, Fate fate) {
    underWay--;
    long nowNanos = System.nanoTime();
    timeline.ended(fate, (nowNanos - ask.dueNanos()) / 1_000);
    boolean content = fate == Fate.GOOD || fate == Fate.LATE;
    if (!content && ask.retriesLeft() > 0 && !closing) {
      // after what is to be done now, or a refusal in the same moment would never let go
      loop.execute(() -> send(ask.again(nowNanos)));
    } else if (content && underWay < kept && !closing) {
      loop.execute(() -> send(ask(System.nanoTime())));
    }
  }

  private void hangUpOnTheLate() {
    long nowNanos = System.nanoTime();
    for (Line line : List.copyOf(open)) {
      Ask ask = line.ask();
      if (ask != null && nowNanos - ask.dueNanos() > manner.patience().toNanos()) {
        line.hangUp();
        ended(ask, Fate.UNANSWERED);
      }
    }
  }

  /** Hangs up on everybody; what is under way is not told of. */
  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    loop.submit(
            () -> {
              closing = true;
              List.copyOf(open).forEach(Line::hangUp);
            })
        .awaitUninterruptibly();
    lines.close();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
