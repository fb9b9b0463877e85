package dev.weir.proxy.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Standing;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers each call on a worker of its own making, or keeps it until the test does. */
public final class FakeApplication implements Application, AutoCloseable {

  private final ExecutorService workers = Executors.newSingleThreadExecutor();
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
  private volatile boolean holding;
  private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
  private volatile @Nullable Refusal refusal;
  private volatile @Nullable Refusal stranger;
  private volatile @Nullable Function<RouteQuery, Reply> answer;
  private volatile long screenedNanos = -1;
  private volatile @Nullable Reply displaced;
  private final Queue<ReplySink> waiting = new ArrayDeque<>();
  private volatile int keptCalls;
  private volatile @Nullable Standing standing;
  private volatile @Nullable RuntimeException fault;

  /** A call that arrived, and where its reply goes. */
  public record Visit(Call call, ReplySink sink) {}

  /** From now on refuses everybody by the head alone. */
  public void refuseWith(@Nullable Refusal with) {
    refusal = with;
  }

  /** From now on fails, whatever it is asked. */
  public void failWith(RuntimeException with) {
    fault = with;
  }

  private void failIfPlanted() {
    RuntimeException planted = fault;
    if (planted != null) {
      throw planted;
    }
  }

  /** From now on answers by itself. */
  public void answerWith(Function<RouteQuery, Reply> with) {
    answer = with;
  }

  /** From now on answers so. */
  public void answerWith(Reply reply) {
    answerWith(_ -> reply);
  }

  /** From now on answers so. */
  public void answerWith(Media media, String body) {
    answerWith(new Reply.Routed(new Rendered(media, body.getBytes(UTF_8), 12.6)));
  }

  /** From now on keeps so many calls, and answers the oldest on the thread that brings another. */
  public void displaceBeyond(int kept, Reply goodbye) {
    keptCalls = kept;
    displaced = goodbye;
  }

  /** The next call to arrive. */
  public Visit next() throws InterruptedException {
    Visit visit = visits.poll(20, TimeUnit.SECONDS);
    if (visit == null) {
      throw new AssertionError("no call arrived");
    }
    return visit;
  }

  public boolean hasArrivals() {
    return !visits.isEmpty();
  }

  /** All calls that have arrived. */
  public BlockingQueue<Visit> arrivals() {
    return visits;
  }

  /** Time left when it was last asked to screen a call. */
  public long screenedNanos() {
    return screenedNanos;
  }

  /** From now on nobody knows whose a call is, until the test says so. */
  public void holdTokens() {
    holding = true;
  }

  /** The next caller that waits for its token to be looked at. */
  public Held nextHeld() throws InterruptedException {
    Held next = held.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nobody waits");
    }
    return next;
  }

  /** A caller that waits, and who is to hear it. */
  public record Held(Caller caller, Consumer<Caller> then) {

    /** Its token was verified. */
    public void verified(String claim) {
      then.accept(
          caller.with(new Proof.Verified(claim, Priority.CRITICAL, Long.MAX_VALUE, () -> true)));
    }

    /** It proves nothing. */
    public void refused(Refusal refusal) {
      then.accept(caller.with(new Proof.Refused(refusal)));
    }
  }

  @Override
  public @Nullable Caller recognize(Caller caller, Consumer<Caller> then) {
    if (!holding) {
      return caller;
    }
    held.add(new Held(caller, then));
    return null;
  }

  @Override
  public @Nullable Refusal screen(RequestKind kind, Caller caller, long remainingNanos) {
    failIfPlanted();
    screenedNanos = remainingNanos;
    return caller.proof() instanceof Proof.Refused(Refusal unproven) ? unproven : refusal;
  }

  /** From now on knows nobody. */
  public void disownWith(Refusal with) {
    stranger = with;
  }

  /** From now on everybody has that quota. */
  public void standWith(Standing with) {
    standing = with;
  }

  @Override
  public @Nullable Standing standing(Caller caller) {
    return standing;
  }

  @Override
  public Verdict identify(Caller caller) {
    failIfPlanted();
    switch (caller.proof()) {
      case Proof.Refused(Refusal unproven) -> {
        return new Verdict.Unknown(unproven);
      }
      case Proof.Verified token -> {
        return new Verdict.Known(Identity.of(token.claim()));
      }
      case null -> {}
    }
    Refusal unknown = stranger;
    String key = caller.credential();
    return unknown == null
        ? new Verdict.Known(Identity.of(key == null ? caller.address() : key))
        : new Verdict.Unknown(unknown);
  }

  @Override
  public void serve(Call call, ReplySink sink) {
    failIfPlanted();
    Reply goodbye = displaced;
    if (goodbye != null) {
      displace(sink, goodbye);
      return;
    }
    visits.add(new Visit(call, sink));
    Function<RouteQuery, Reply> by = answer;
    if (by != null) {
      workers.execute(() -> sink.reply(reply(call, by)));
    }
  }

  private void displace(ReplySink newest, Reply goodbye) {
    ReplySink oldest;
    synchronized (waiting) {
      waiting.add(newest);
      oldest = waiting.size() > keptCalls ? waiting.remove() : null;
    }
    if (oldest != null) {
      oldest.reply(goodbye);
    }
  }

  /** What a worker would reply. */
  public static Reply reply(Call call, Function<RouteQuery, Reply> by) {
    try {
      return by.apply(call.query().read());
    } catch (MalformedQuery e) {
      return new Reply.Invalid(e.problem());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
