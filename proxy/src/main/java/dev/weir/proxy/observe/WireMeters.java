package dev.weir.proxy.observe;

import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.path.TransportObserver.Resource;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted on the wire. All meters exist from the start. Thread-safe. */
final class WireMeters {

  /** By the hundreds of the status; whatever else there may be is counted under the first. */
  private static final String[] STATUS_CLASSES = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};

  /** Of faults outside of computing. */
  private static final String NO_KIND = "transport";

  private final Map<Resource, Counter[]> answers = new EnumMap<>(Resource.class);
  private final Map<Resource, Counter> answerBytes = new EnumMap<>(Resource.class);
  private final Map<Cut, Counter> cuts = new EnumMap<>(Cut.class);
  private final Counter faults;
  private final Counter opened;
  private final LongAdder open = new LongAdder();
  private final LongAdder pendingBytes = new LongAdder();

  WireMeters(Meters meters) {
    for (Resource resource : Resource.values()) {
      String label = Meters.label(resource);
      Counter[] byStatus = new Counter[STATUS_CLASSES.length];
      for (int i = 0; i < STATUS_CLASSES.length; i++) {
        byStatus[i] = meters.counter(Metric.HTTP_ANSWERS, label, STATUS_CLASSES[i]);
      }
      answers.put(resource, byStatus);
      answerBytes.put(resource, meters.counter(Metric.HTTP_ANSWER_BYTES, label));
    }
    for (Cut why : Cut.values()) {
      cuts.put(why, meters.counter(Metric.HTTP_CONNECTIONS_CUT, Meters.label(why)));
    }
    faults = meters.counter(Metric.FAULTS, NO_KIND);
    opened = meters.counter(Metric.HTTP_CONNECTIONS);
    meters.gauge(Metric.HTTP_CONNECTIONS_OPEN, open::sum);
    meters.gauge(Metric.HTTP_PENDING_ANSWERS, pendingBytes::sum);
  }

  void opened() {
    opened.increment();
    open.increment();
  }

  void closed() {
    open.decrement();
  }

  void cut(Cut why) {
    Meters.of(cuts, why).increment();
  }

  void failed() {
    faults.increment();
  }

  long faults() {
    return (long) faults.count();
  }

  void answered(Resource resource, int status, long bytes) {
    int hundreds = status / 100;
    int column = hundreds > 0 && hundreds < STATUS_CLASSES.length ? hundreds : 0;
    Meters.of(answers, resource)[column].increment();
    Meters.of(answerBytes, resource).increment((double) bytes);
  }

  void pending(long change) {
    pendingBytes.add(change);
  }
}
