package dev.weir.benchmarks.sim;

/** So many jobs at a time; the others stand in line. */
final class Semaphore implements Contestant {

  private final House house;
  private final int permits;
  private final WaitingLine line;

  Semaphore(House house, int permits, WaitingLine line) {
    this.house = house;
    this.permits = permits;
    this.line = line;
  }

  @Override
  public void offered(Job job) {
    if (house.running() < permits) {
      house.start(job);
    } else if (!line.add(job, house.nanos())) {
      house.refuse(job);
    }
  }

  @Override
  public void ended(Job job) {
    while (house.running() < permits) {
      Job next = line.take(house.nanos(), house::refuse);
      if (next == null) {
        return;
      }
      house.start(next);
    }
  }

  @Override
  public void tick() {
    line.sweep(house.nanos(), house::refuse);
  }
}
