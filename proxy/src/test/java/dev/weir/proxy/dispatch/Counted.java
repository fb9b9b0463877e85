package dev.weir.proxy.dispatch;

import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.util.concurrent.atomic.AtomicInteger;

/** A call that counts how often it ended. */
final class Counted implements Task {

  private final Profile profile;
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger sheds = new AtomicInteger();
  volatile boolean gone;

  Counted(Profile profile) {
    this.profile = profile;
  }

  @Override
  public Profile profile() {
    return profile;
  }

  @Override
  public Deadline deadline() {
    return profile.deadline();
  }

  @Override
  public boolean abandoned() {
    return gone;
  }

  @Override
  public void run() {
    runs.incrementAndGet();
  }

  @Override
  public void shed(Reason reason) {
    sheds.incrementAndGet();
  }

  int runs() {
    return runs.get();
  }

  int sheds() {
    return sheds.get();
  }

  int ends() {
    return runs() + sheds();
  }
}
