package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Generator;
import dev.weir.benchmarks.load.Pump;
import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.benchmarks.load.Wire;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays a {@link Script}: asks when a request is due, whether or not earlier ones were answered,
 * and does with refusals what each rider's {@link Manner} says. On the event loop, but for {@link
 * #run}.
 *
 * <p>A request that the loop was too busy to send in time still counts from when it was due. A
 * retry is a request of its own, due when its rider wants to ask again.
 */
final class Crowd implements Pump.Schedule {
  /** Riders who wait to ask again; more of them give up at once. */
  private static final int WAITING_AT_MOST = 200_000;

  private final Generator generator;
  private final Pump pump;
  private final Wire wire;
  private final Script script;
  private final Book book;
  private final Schedule schedule;
  private final SplittableRandom random;
  private final PriorityQueue<Ask> again = new PriorityQueue<>();
  private final ArrayDeque<Ask> leaving = new ArrayDeque<>();
  private final Set<Ask> underWay = HashSet.newHashSet(16);
  private final CompletableFuture<Book> result = new CompletableFuture<>();
  private final long endNanos;
  private long nextNanos;
  private int nextQuestion;
  private boolean sending = true;

  Crowd(Generator generator, Wire wire, Script script, Book book) {
    this.generator = generator;
    this.pump = new Pump(generator, this);
    this.wire = wire;
    this.script = script;
    this.book = book;
    this.schedule = new Schedule(script.shape(), script.seed());
    this.random = new SplittableRandom(~script.seed());
    this.endNanos = script.shape().length().toNanos();
    this.nextNanos = schedule.nextNanos();
  }

  /** Starts; done when every counted request has its verdict. */
  CompletableFuture<Book> run() {
    pump.start();
    return result;
  }

  /** When the next request is due, whether the first of its rider or not. */
  @Override
  public long dueNanos() {
    Ask first = again.peek();
    long due = first == null ? nextNanos : Math.min(nextNanos, first.dueNanos);
    return due < endNanos ? due : Long.MAX_VALUE;
  }

  @Override
  public void next(long nowNanos) {
    send(next(), nowNanos);
  }

  @Override
  public boolean looked(long nowNanos) {
    hangUpLate(nowNanos);
    if (sending && nowNanos >= endNanos && dueNanos() == Long.MAX_VALUE) {
      sending = false;
      generator.after(script.grace().toNanos(), this::giveUp);
    }
    if (!sending && underWay.isEmpty()) {
      result.complete(book);
    }
    return !result.isDone();
  }

  private Ask next() {
    Ask first = again.peek();
    if (first != null && first.dueNanos <= nextNanos) {
      again.remove();
      return first;
    }
    Ask ask = new Ask(nextQuestion, script.manners().draw(random), nextNanos, 0);
    nextQuestion = (nextQuestion + 1) % script.questions().size();
    nextNanos = schedule.nextNanos();
    return ask;
  }

  private void send(Ask ask, long nowNanos) {
    Question question = question(ask);
    Wire.Line line = wire.ask(ask.question, ask);
    book.due(question, ask.dueNanos, ask.attempt > 0);
    if (line == null) {
      book.ended(question, ask.end(Verdict.NO_CONNECTION, 0, nowNanos), Remarks.NONE);
      return;
    }
    book.sent(ask.dueNanos, nowNanos - ask.dueNanos);
    ask.line = line;
    underWay.add(ask);
    if (ask.manner == Manner.LEAVES) {
      leaving.add(ask);
    }
  }

  private Question question(Ask ask) {
    return script.questions().get(ask.question);
  }

  private void answered(Ask ask, int status, boolean right, Remarks remarks) {
    underWay.remove(ask);
    ask.line = null;
    long now = pump.nowNanos();
    long latency = now - ask.dueNanos;
    Verdict verdict = Verdict.of(status, right, latency, script.deadline().toNanos());
    book.ended(question(ask), ask.end(verdict, latency, now), remarks);
    if (verdict == Verdict.REFUSED || verdict == Verdict.ERROR) {
      retry(ask, remarks, now);
    }
  }

  private void retry(Ask ask, Remarks remarks, long now) {
    if (ask.attempt >= script.retries() || again.size() >= WAITING_AT_MOST) {
      return;
    }
    if (ask.manner == Manner.STORM) {
      again.add(ask.again(now));
    } else if (ask.manner == Manner.POLITE && remarks.retryAfterMillis() >= 0) {
      again.add(ask.again(now + TimeUnit.MILLISECONDS.toNanos(remarks.retryAfterMillis())));
    }
  }

  /** They are in the order in which they were sent, which is that of their deadlines. */
  private void hangUpLate(long now) {
    long deadline = script.deadline().toNanos();
    for (Ask ask = leaving.peek();
        ask != null && (ask.line == null || now - ask.dueNanos >= deadline);
        ask = leaving.peek()) {
      leaving.remove();
      abandon(ask, Verdict.LEFT, now);
    }
  }

  private void giveUp() {
    long now = pump.nowNanos();
    List.copyOf(underWay).forEach(ask -> abandon(ask, Verdict.UNANSWERED, now));
  }

  private void abandon(Ask ask, Verdict verdict, long now) {
    Wire.Line line = ask.line;
    if (line != null) {
      ask.line = null;
      underWay.remove(ask);
      line.hangUp();
      book.ended(question(ask), ask.end(verdict, now - ask.dueNanos, now), Remarks.NONE);
    }
  }

  /** A request of a rider, first or again. */
  private final class Ask implements Wire.Answered, Comparable<Ask> {
    private final int question;
    private final Manner manner;
    private final long dueNanos;
    private final int attempt;
    private Wire.@Nullable Line line;

    private Ask(int question, Manner manner, long dueNanos, int attempt) {
      this.question = question;
      this.manner = manner;
      this.dueNanos = dueNanos;
      this.attempt = attempt;
    }

    private Ask again(long atNanos) {
      return new Ask(question, manner, atNanos, attempt + 1);
    }

    private Book.End end(Verdict verdict, long latencyNanos, long nowNanos) {
      return new Book.End(verdict, dueNanos, latencyNanos, nowNanos, attempt > 0);
    }

    @Override
    public void answered(int status, boolean right, long bytes, Remarks remarks) {
      Crowd.this.answered(this, status, right, remarks);
    }

    @Override
    public int compareTo(Ask other) {
      return Long.compare(dueNanos, other.dueNanos);
    }
  }
}
