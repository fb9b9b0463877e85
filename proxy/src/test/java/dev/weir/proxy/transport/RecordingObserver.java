package dev.weir.proxy.transport;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.routing.RequestKind;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what it hears. */
public final class RecordingObserver implements TransportObserver {

  public final BlockingQueue<Cut> cuts = new LinkedBlockingQueue<>();
  public final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
  public final BlockingQueue<Integer> closings = new LinkedBlockingQueue<>();
  public final BlockingQueue<Reason> refusals = new LinkedBlockingQueue<>();
  public final BlockingQueue<Failed> faults = new LinkedBlockingQueue<>();
  public final AtomicInteger open = new AtomicInteger();
  public final AtomicLong pendingBytes = new AtomicLong();

  /** What went wrong, and with which request. */
  public record Failed(Resource resource, Trace trace, Throwable fault) {}

  public Cut nextCut() throws InterruptedException {
    return next(cuts);
  }

  public Answered nextAnswer() throws InterruptedException {
    return next(answers);
  }

  public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was heard");
    }
    return next;
  }

  @Override
  public void connectionOpened() {
    open.incrementAndGet();
  }

  @Override
  public void connectionClosed() {
    closings.add(open.decrementAndGet());
  }

  @Override
  public void connectionCut(Cut why) {
    cuts.add(why);
  }

  @Override
  public void answered(Answered answer) {
    answers.add(answer);
  }

  @Override
  public void failed(Resource resource, Trace trace, Throwable fault) {
    faults.add(new Failed(resource, trace, fault));
  }

  @Override
  public void refused(RequestKind kind, Reason reason) {
    refusals.add(reason);
  }

  @Override
  public void pendingAnswerBytes(long change) {
    pendingBytes.addAndGet(change);
  }
}
