package dev.weir.benchmarks.sim;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.Job.State;
import dev.weir.benchmarks.sim.Setting.Throttle;
import java.time.Duration;

/**
 * One contestant on one machine in virtual time. There are five kinds of events, and of each only
 * the next is known at any time: a completion, a deadline of a running job (where the machine minds
 * those), a change of the machine's speed, a tick, an arrival; in this order where they fall
 * together. So a run is deterministic, and an event costs the logarithm of the number of running
 * jobs; an arrival that starts nothing does not even look at the others. For one run by one thread.
 */
public final class Simulation implements House {

  private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

  private static final long TAIL_NANOS = Duration.ofMinutes(1).toNanos();

  private final Workload workload;
  private final Setting setting;
  private final String name;
  private final boolean stopsLate;
  private final Machine machine;
  private final JobSource source;
  private final Scorecard scorecard;
  private final Contestant contestant;
  private final JobHeap deadlines = new JobHeap(JobHeap.Kind.BY_DEADLINE);
  private long nowNanos;

  /** The next event but arrivals, as long as nothing is changed. */
  private long nextNanos;

  private boolean changed = true;
  private long nextTickNanos = TICK_NANOS;
  private int throttleChanges;

  private Simulation(Workload workload, Setting setting, Entrant entrant) {
    this.workload = workload;
    this.setting = setting;
    this.name = entrant.name();
    this.stopsLate = setting.stopsLate() || entrant.stopsLate();
    this.machine = new Machine(setting.processors());
    this.source = new JobSource(workload, setting.load(), setting.processors(), setting.seed());
    this.scorecard = new Scorecard(workload, setting);
    this.contestant = entrant.enter().apply(this);
  }

  /** Runs it; takes as long as there are events. */
  public static Result run(Workload workload, Setting setting, Entrant entrant) {
    return new Simulation(workload, setting, entrant).run();
  }

  private Result run() {
    long untilNanos = untilNanos();
    Job arriving = source.next();
    while (true) {
      if (changed) {
        changed = false;
        nextNanos = nextNanos();
      }
      if (Math.min(nextNanos, arriving.arrivedNanos) > untilNanos) {
        return scorecard.result(name);
      }
      if (arriving.arrivedNanos < nextNanos) {
        nowNanos = arriving.arrivedNanos;
        arrive(arriving);
        arriving = source.next();
      } else {
        nowNanos = nextNanos;
        changed = true;
        happen();
      }
    }
  }

  private long nextNanos() {
    long ends = Math.min(machine.nextNanos(), nextDeadline());
    return Math.min(ends, Math.min(nextChange(), nextTickNanos));
  }

  private void happen() {
    if (nowNanos == machine.nextNanos()) {
      complete(machine.takeNext(nowNanos));
    } else if (nowNanos == nextDeadline()) {
      stopAtDeadline(deadlines.first());
    } else if (nowNanos == nextChange()) {
      changeSpeed();
    } else {
      nextTickNanos += TICK_NANOS;
      contestant.tick();
    }
  }

  /**
   * Load goes on after the counted time, until every counted call has met its deadline, a minute at
   * most.
   */
  private long untilNanos() {
    long longest =
        workload.classes().stream().mapToLong(c -> c.timeout().toNanos()).max().orElse(0);
    return setting.endNanos() + Math.min(longest, TAIL_NANOS);
  }

  private void arrive(Job job) {
    charge(setting.frontEndNanos());
    scorecard.offered(job);
    contestant.offered(job);
  }

  private void charge(long nanos) {
    if (nanos > 0) {
      machine.charge(nanos, nowNanos);
      changed = true;
    }
  }

  private void complete(Job job) {
    if (stopsLate) {
      deadlines.remove(job);
    }
    job.state = job.gone(nowNanos) ? State.LATE : State.GOOD;
    scorecard.computed(job, nowNanos);
    contestant.ended(job);
    source.reuse(job);
  }

  private long nextDeadline() {
    return deadlines.size() == 0 ? Long.MAX_VALUE : deadlines.first().deadlineNanos;
  }

  private void stopAtDeadline(Job job) {
    takeOff(job);
    contestant.ended(job);
    source.reuse(job);
  }

  /** The even changes begin a throttle, the odd ones end it. */
  private long nextChange() {
    if (throttleChanges == 2 * setting.throttles().size()) {
      return Long.MAX_VALUE;
    }
    Throttle throttle = setting.throttles().get(throttleChanges / 2);
    return (throttleChanges % 2 == 0 ? throttle.from() : throttle.until()).toNanos();
  }

  private void changeSpeed() {
    Throttle throttle = setting.throttles().get(throttleChanges / 2);
    machine.speed(throttleChanges % 2 == 0 ? throttle.speed() : 1, nowNanos);
    throttleChanges++;
  }

  @Override
  public long nanos() {
    return nowNanos;
  }

  @Override
  public int processors() {
    return setting.processors();
  }

  @Override
  public int running() {
    return machine.size();
  }

  @Override
  public void start(Job job) {
    expect(job, State.WAITING);
    job.state = State.RUNNING;
    job.startedNanos = nowNanos;
    machine.add(job, nowNanos);
    scorecard.started(job, nowNanos);
    if (stopsLate) {
      deadlines.add(job, (double) job.deadlineNanos);
    }
    changed = true;
  }

  @Override
  public void stop(Job job) {
    takeOff(job);
    source.reuse(job);
    changed = true;
  }

  private void takeOff(Job job) {
    expect(job, State.RUNNING);
    double receivedNanos = machine.remove(job, nowNanos);
    if (stopsLate) {
      deadlines.remove(job);
    }
    job.state = State.STOPPED;
    scorecard.stopped(job, nowNanos, receivedNanos);
  }

  @Override
  public void refuse(Job job) {
    expect(job, State.WAITING);
    job.state = State.REFUSED;
    charge(setting.refusalNanos());
    scorecard.refused(job);
    source.reuse(job);
  }

  private void expect(Job job, State state) {
    if (job.state != state) {
      throw new IllegalStateException(name + " has a job that is " + job.state + " for " + state);
    }
  }
}
