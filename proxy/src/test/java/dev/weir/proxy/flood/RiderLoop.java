package dev.weir.proxy.flood;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Plays many scripts on one thread of its own. */
final class RiderLoop implements Callable<Tally> {

  private static final long TURN_MILLIS = 20;

  private final InetSocketAddress server;
  private final List<Script> scripts;
  private final String name;
  private final BooleanSupplier listen;
  private final Duration patience;
  private final Tally tally = new Tally();

  /**
   * @param listen when the deaf begin to read
   * @param patience for the whole of it, after which whoever waits for something has a complaint
   */
  RiderLoop(
      String name,
      InetSocketAddress server,
      List<Script> scripts,
      BooleanSupplier listen,
      Duration patience) {
    this.name = name;
    this.server = server;
    this.scripts = scripts;
    this.listen = listen;
    this.patience = patience;
  }

  private record Due(long atNanos, Rider rider) {}

  @Override
  public Tally call() throws IOException {
    try (Selector selector = Selector.open()) {
      List<Rider> riders = new ArrayList<>();
      PriorityQueue<Due> agenda = new PriorityQueue<>(Comparator.comparingLong(Due::atNanos));
      for (Script script : scripts) {
        Rider rider = new Rider(name + "-" + riders.size(), script, tally, selector);
        riders.add(rider);
        plan(agenda, rider);
      }
      play(selector, riders, agenda);
      riders.forEach(Rider::giveUp);
    }
    return tally;
  }

  private void play(Selector selector, List<Rider> riders, PriorityQueue<Due> agenda)
      throws IOException {
    ByteBuffer scratch = ByteBuffer.allocateDirect(65_536);
    long startNanos = System.nanoTime();
    long elapsedNanos = 0;
    long turnedNanos = 0;
    while (!riders.isEmpty() && elapsedNanos < patience.toNanos()) {
      stepAll(agenda, elapsedNanos);
      selector.select(key -> ready((Rider) key.attachment(), scratch), TURN_MILLIS);
      elapsedNanos = System.nanoTime() - startNanos;
      if (elapsedNanos - turnedNanos > TURN_MILLIS * 1_000_000) {
        turnedNanos = elapsedNanos;
        turnAll(riders, scratch);
        riders.removeIf(Rider::done);
      }
    }
  }

  private void stepAll(PriorityQueue<Due> agenda, long elapsedNanos) {
    while (!agenda.isEmpty() && agenda.element().atNanos <= elapsedNanos) {
      Rider rider = agenda.remove().rider;
      if (!rider.done()) {
        rider.step(server);
        plan(agenda, rider);
        rider.settle();
      }
    }
  }

  private static void plan(PriorityQueue<Due> agenda, Rider rider) {
    Script.Step upcoming = rider.upcoming();
    if (upcoming != null) {
      agenda.add(new Due(upcoming.atNanos(), rider));
    }
  }

  private static void ready(Rider rider, ByteBuffer scratch) {
    rider.ready(scratch);
    rider.settle();
  }

  private void turnAll(List<Rider> riders, ByteBuffer scratch) {
    boolean listening = listen.getAsBoolean();
    for (Rider rider : riders) {
      if (listening) {
        rider.listen();
      }
      rider.sip(scratch);
      rider.settle();
    }
  }
}
