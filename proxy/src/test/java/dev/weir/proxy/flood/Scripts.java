package dev.weir.proxy.flood;

import dev.weir.proxy.flood.Script.Act;
import dev.weir.proxy.flood.Script.Manner;
import dev.weir.proxy.flood.Script.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Writes the scripts of a flood. Confined to one thread; equal seeds, equal scripts. */
final class Scripts {

  private static final long MILLI = 1_000_000;

  /** All connections are opened before the first request. */
  private static final long OPENING_MILLIS = 400;

  private final RandomGenerator random;
  private final Asks asks;
  private final long lastMillis;

  /**
   * @param lastMillis when the last request is sent
   */
  Scripts(RandomGenerator random, long lastMillis) {
    this.random = random;
    this.asks = new Asks(random);
    this.lastMillis = lastMillis;
  }

  List<Script> polite(int count) {
    return IntStream.range(0, count).mapToObj(i -> asking(Manner.POLITE, 1 + i % 2)).toList();
  }

  List<Script> lenient(int count) {
    return IntStream.range(0, count).mapToObj(i -> asking(Manner.LENIENT, 4)).toList();
  }

  /** Three in five are polite. */
  List<Script> mixed(int count) {
    List<Script> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          switch (i % 20) {
            case 0, 1 -> asking(Manner.SLOW, 2);
            case 2 -> i % 200 == 2 ? deaf() : asking(Manner.SLOW, 1);
            case 3, 4, 5 -> rude();
            case 6 -> garbling();
            case 7 -> half();
            default -> asking(Manner.POLITE, 1 + i % 2);
          });
    }
    Collections.shuffle(all, new Random(random.nextLong()));
    return all;
  }

  /** Sends so many times, at most five requests at once. */
  private Script asking(Manner manner, int times) {
    List<Step> steps = opened();
    random
        .longs(times, OPENING_MILLIS, lastMillis)
        .sorted()
        .forEach(millis -> steps.add(new Step(millis * MILLI, new Act.Send(some()))));
    return new Script(manner, steps);
  }

  private List<Ask> some() {
    int count = random.nextInt(4) == 0 ? 2 + random.nextInt(4) : 1;
    return IntStream.range(0, count).mapToObj(i -> asks.any()).toList();
  }

  /** Asks for far more than the buffers of the system hold, and hears nothing for long. */
  private Script deaf() {
    List<Ask> much = new ArrayList<>(Collections.nCopies(1_000, asks.words()));
    for (int i = 0; i < 6; i++) {
      much.add(asks.tree());
    }
    Collections.shuffle(much, new Random(random.nextLong()));
    List<Step> steps = opened();
    steps.add(step(OPENING_MILLIS + random.nextLong(100), new Act.Send(much)));
    return new Script(Manner.DEAF, steps);
  }

  /** Leaves before the answer, while it comes, or in the middle of asking. */
  private Script rude() {
    List<Step> steps = opened();
    long millis = random.nextLong(OPENING_MILLIS, lastMillis);
    switch (random.nextInt(4)) {
      case 0 -> steps.add(step(millis, new Act.Spill(halfOf(asks.any().latin1()))));
      case 1 -> steps.add(step(millis, new Act.Send(List.of(asks.flexibleRoute(200)))));
      case 2 -> steps.add(step(millis, new Act.Send(List.of(asks.tree(), asks.tree()))));
      default -> steps.add(step(millis, new Act.Send(some())));
    }
    if (random.nextInt(3) == 0) {
      steps.add(step(millis, new Act.Finish()));
    } else {
      steps.add(step(millis + random.nextLong(60), new Act.Reset()));
    }
    return new Script(Manner.RUDE, steps);
  }

  private Script garbling() {
    List<Step> steps = opened();
    steps.add(step(random.nextLong(OPENING_MILLIS, lastMillis), new Act.Spill(garbage())));
    return new Script(Manner.GARBLING, steps);
  }

  private String garbage() {
    String route = "POST /route HTTP/1.1\r\nHost: weir\r\n";
    return switch (random.nextInt(8)) {
      case 0 -> "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 hello\r\n";
      case 1 -> "GET /route?profile=car HTTP/7.0\r\nHost: weir\r\n\r\n";
      case 2 -> route + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}";
      case 3 -> route + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}";
      case 4 -> route + "Transfer-Encoding: chunked\r\n\r\nfish\r\n{}\r\n0\r\n\r\n";
      case 5 -> route + "Content-Length: -7\r\n\r\n{}";
      case 6 -> "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: weir\r\n\r\n";
      default -> "GET /info HTTP/1.1\r\nHost: weir\r\nno colon here\r\n\r\n";
    };
  }

  private Script half() {
    List<Step> steps = opened();
    Ask whole = random.nextBoolean() ? asks.posted(20) : asks.speedRoute(5);
    long millis = random.nextLong(OPENING_MILLIS, lastMillis);
    steps.add(step(millis, new Act.Spill(halfOf(whole.latin1()))));
    return new Script(Manner.HALF, steps);
  }

  private String halfOf(String whole) {
    return whole.substring(0, 1 + random.nextInt(whole.length() - 1));
  }

  private List<Step> opened() {
    List<Step> steps = new ArrayList<>();
    steps.add(step(random.nextLong(OPENING_MILLIS - 100), new Act.Open()));
    return steps;
  }

  private static Step step(long millis, Act act) {
    return new Step(millis * MILLI, act);
  }
}
