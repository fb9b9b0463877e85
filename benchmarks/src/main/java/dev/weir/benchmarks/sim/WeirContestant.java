package dev.weir.benchmarks.sim;

import dev.weir.proxy.admit.CostGate;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.dispatch.RankedQueue;
import dev.weir.proxy.dispatch.RankedQueue.Shed;
import dev.weir.proxy.dispatch.RankedQueue.Started;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Gate.Ending;
import dev.weir.proxy.path.GateObserver;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weir's own gate and queue, the very classes that serve, on the machine's clock. */
final class WeirContestant implements Contestant {

  private final House house;
  private final CostGate gate;
  private final RankedQueue queue;
  private final List<Shed> shed = new ArrayList<>();

  WeirContestant(House house, GateSettings settings) {
    this.house = house;
    this.gate =
        new CostGate(
            () -> settings, house.processors(), 4 * house.processors(), GateObserver.DEAF, house);
    this.queue = new RankedQueue(gate::limit, gate::largeShare, settings::order, gate, house);
  }

  @Override
  public void offered(Job job) {
    Place place = new Place(job.profile());
    if (gate.admit(place) != null) {
      house.refuse(job);
      return;
    }
    Call call = call(job, place);
    Started started = queue.offer(call);
    if (started != null) {
      start(started);
    } else {
      startMore();
    }
  }

  private Call call(Job job, Place place) {
    Call call;
    if (job.note() instanceof Call used) {
      call = used;
    } else {
      call = new Call(job, place);
      job.note(call);
    }
    call.place = place;
    call.started = null;
    return call;
  }

  private void start(Started started) {
    Call call = (Call) started.task();
    call.started = started;
    gate.started(call.place);
    house.start(call.job);
  }

  private void startMore() {
    if (!queue.startable()) {
      return;
    }
    for (Started next = queue.next(shed); next != null; next = queue.next(shed)) {
      start(next);
    }
    shed.forEach(Shed::run);
    shed.clear();
  }

  @Override
  public void ended(Job job) {
    if (job.note() instanceof Call call && call.started != null) {
      boolean served = job.state() == Job.State.GOOD;
      call.place.worked(job.costNanos);
      gate.settle(call.place, served ? Ending.SERVED : Ending.DROPPED);
      queue.finished(call.started);
      startMore();
    }
  }

  @Override
  public void tick() {
    gate.tick();
    if (queue.length() > 0) {
      queue.sweep().forEach(Shed::run);
      startMore();
    }
  }

  /** A job as gate and queue see it; becomes another call as the job does. */
  private final class Call implements Task {
    private final Job job;
    private Place place;
    private @Nullable Started started;

    Call(Job job, Place place) {
      this.job = job;
      this.place = place;
    }

    @Override
    public Profile profile() {
      return place.profile();
    }

    @Override
    public Deadline deadline() {
      return profile().deadline();
    }

    @Override
    public boolean abandoned() {
      return job.gone(house.nanos());
    }

    @Override
    public void run() {
      throw new IllegalStateException("jobs run on the simulated machine");
    }

    @Override
    public void shed(Refusal.Reason reason) {
      gate.settle(place, Ending.DROPPED);
      house.refuse(job);
    }
  }
}
