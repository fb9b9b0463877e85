package dev.weir.benchmarks.sim;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.Job.State;
import dev.weir.benchmarks.sim.Setting.Throttle;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * One contestant on one machine in virtual time. There are five kinds of events, and of each only
 * the next is known at any time: a completion, a deadline of a running job (where the machine minds
 * those), a change of the machine's speed, a tick, an arrival; in this order where they fall
 * together. So a run is deterministic, and an event costs the logarithm of the number of running
 * jobs. For one run by one thread.
 */
public final class Simulation implements House {

  private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

  private static final long TAIL_NANOS = Duration.ofMinutes(1).toNanos();

  private final Workload workload;
  private final Setting setting;
  private final String name;
  private final Machine machine;
  private final JobSource source;
  private final Scorecard scorecard;
  private final Contestant contestant;
  private final PriorityQueue<Job> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Job::deadlineNanos));
  private long nowNanos;
  private long nextTickNanos = TICK_NANOS;
  private int throttleChanges;

  private Simulation(Workload workload, Setting setting, Entrant entrant) {
    this.workload = workload;
    this.setting = setting;
    this.name = entrant.name();
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
      long completion = machine.nextNanos();
      long deadline = nextDeadline();
      long change = nextChange();
      long earliest = Math.min(Math.min(completion, deadline), Math.min(change, nextTickNanos));
      long next = Math.min(earliest, arriving.arrivedNanos());
      if (next > untilNanos) {
        break;
      }
      pass(next);
      if (next == completion) {
        complete(machine.takeNext());
      } else if (next == deadline) {
        stopAtDeadline(deadlines.remove());
      } else if (next == change) {
        changeSpeed();
      } else if (next == nextTickNanos) {
        nextTickNanos += TICK_NANOS;
        contestant.tick();
      } else {
        arrive(arriving);
        arriving = source.next();
      }
    }
    return scorecard.result(name);
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

  private void pass(long toNanos) {
    machine.advance(toNanos);
    nowNanos = toNanos;
  }

  private void arrive(Job job) {
    machine.charge(setting.frontEndNanos());
    scorecard.offered(job);
    contestant.offered(job);
  }

  private void complete(Job job) {
    job.state = job.gone(nowNanos) ? State.LATE : State.GOOD;
    scorecard.computed(job, nowNanos);
    contestant.ended(job);
  }

  private long nextDeadline() {
    while (!deadlines.isEmpty() && deadlines.element().state != State.RUNNING) {
      deadlines.remove();
    }
    return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.element().deadlineNanos();
  }

  private void stopAtDeadline(Job job) {
    stop(job);
    contestant.ended(job);
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
    machine.speed(throttleChanges % 2 == 0 ? throttle.speed() : 1);
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
    machine.add(job);
    scorecard.started(job, nowNanos);
    if (setting.stopsLate()) {
      deadlines.add(job);
    }
  }

  @Override
  public void stop(Job job) {
    expect(job, State.RUNNING);
    double receivedNanos = machine.receivedNanos(job);
    machine.remove(job);
    job.state = State.STOPPED;
    scorecard.stopped(job, nowNanos, receivedNanos);
  }

  @Override
  public void refuse(Job job) {
    expect(job, State.WAITING);
    job.state = State.REFUSED;
    machine.charge(setting.refusalNanos());
    scorecard.refused(job);
  }

  private void expect(Job job, State state) {
    if (job.state != state) {
      throw new IllegalStateException(name + " has a job that is " + job.state + " for " + state);
    }
  }
}
