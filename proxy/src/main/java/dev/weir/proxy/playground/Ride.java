package dev.weir.proxy.playground;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.Ticker;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One flood. Requests are sent when they are due, whether or not those before were answered, and
 * times are counted from then. Thread-safe; {@link #run} is for a thread of its own.
 */
final class Ride {

  private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  /** More than that are not waited for at a time: each takes a connection. */
  private static final int MOST_OPEN = 512;

  /** For the answers that are outstanding in the end. */
  private static final long LINGER_NANOS = Duration.ofSeconds(3).toNanos();

  /** Of a refusal only the reason is wanted, which stands at its beginning. */
  private static final BodyHandler<String> REASON =
      head ->
          head.statusCode() == 200
              ? BodySubscribers.replacing("")
              : BodySubscribers.ofString(US_ASCII);

  private final String server;
  private final @Nullable InetAddress from;
  private final int perSecond;
  private final long lengthNanos;
  private final Ticker ticker;
  private final LongConsumer park;
  private final Tally tally = new Tally();
  private final Semaphore places = new Semaphore(MOST_OPEN);
  private final long createdNanos;
  private volatile long endedNanos;
  private volatile boolean over;
  private volatile boolean stopped;

  Ride(
      String server,
      @Nullable InetAddress from,
      int perSecond,
      int seconds,
      Ticker ticker,
      LongConsumer park) {
    this.server = server;
    this.from = from;
    this.perSecond = perSecond;
    this.lengthNanos = seconds * SECOND_NANOS;
    this.ticker = ticker;
    this.park = park;
    this.createdNanos = ticker.nanos();
  }

  /**
   * @param requests made for the address of a server
   */
  void run(Function<String, List<HttpRequest>> requests) {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (from != null) {
      builder.localAddress(from);
    }
    HttpClient client = builder.build();
    try {
      List<HttpRequest> made = requests.apply(server);
      if (!made.isEmpty()) {
        send(made, client);
        await();
      }
    } finally {
      client.shutdownNow();
      endedNanos = ticker.nanos();
      over = true;
    }
  }

  private void send(List<HttpRequest> requests, HttpClient client) {
    long startNanos = ticker.nanos();
    long sent = 0;
    for (long dueNanos = 0; dueNanos < lengthNanos && !stopped; dueNanos += TICK_NANOS) {
      while (startNanos + dueNanos - ticker.nanos() > 0) {
        park.accept(startNanos + dueNanos - ticker.nanos());
      }
      long due = perSecond * (dueNanos + TICK_NANOS) / SECOND_NANOS;
      for (; sent < due && !stopped; sent++) {
        send(requests.get((int) (sent % requests.size())), startNanos + dueNanos, client);
      }
    }
  }

  private void send(HttpRequest request, long dueNanos, HttpClient client) {
    tally.offered.increment();
    if (!places.tryAcquire()) {
      tally.unsent.increment();
      return;
    }
    var _ =
        client
            .sendAsync(request, REASON)
            .whenComplete(
                (answer, fault) -> {
                  if (answer == null) {
                    tally.failed.increment();
                  } else {
                    long tookNanos = ticker.nanos() - dueNanos;
                    tally.answered(answer.statusCode(), answer.body(), tookNanos);
                  }
                  places.release();
                });
  }

  private void await() {
    long endNanos = ticker.nanos();
    while (places.availablePermits() < MOST_OPEN && ticker.nanos() - endNanos < LINGER_NANOS) {
      park.accept(TICK_NANOS);
    }
  }

  boolean running() {
    return !over;
  }

  void stop() {
    stopped = true;
  }

  FloodSwitch.Report report(int usualPerSecond) {
    long untilNanos = over ? endedNanos : ticker.nanos();
    return tally.report(
        !over,
        usualPerSecond,
        from == null ? "127.0.0.1" : from.getHostAddress(),
        (untilNanos - createdNanos) / MILLI_NANOS);
  }
}
