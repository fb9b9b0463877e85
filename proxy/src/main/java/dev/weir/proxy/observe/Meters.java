package dev.weir.proxy.observe;

import dev.weir.proxy.path.Exposition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the meters of {@link Metric}s and refuses all others. Made once, at the start: what it
 * hands out is kept by those who count. Thread-safe.
 */
final class Meters {

  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(new Plain());

  private final Map<Metric, HistogramFamily> histograms = new ConcurrentHashMap<>();

  Meters() {
    registry.config().meterFilter(new Listed(registry));
  }

  MeterRegistry registry() {
    return registry;
  }

  /**
   * @param accept what the scraper understands, as it says itself
   */
  Exposition scrape(String accept) {
    String type = Exposition.typeFor(accept);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      registry.scrape(out, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no faults of that kind
    }
    return new Exposition(type, ByteBuffer.wrap(out.toByteArray()));
  }

  /**
   * @param labels values in the order of {@link Metric#labels}
   */
  Counter counter(Metric metric, String... labels) {
    return Counter.builder(metric.family()).tags(tags(metric, labels)).register(registry);
  }

  /** A counter that is counted elsewhere. */
  void counter(Metric metric, LongAdder count, String... labels) {
    FunctionCounter.builder(metric.family(), count, LongAdder::sum)
        .tags(tags(metric, labels))
        .register(registry);
  }

  void gauge(Metric metric, Supplier<Number> value, String... labels) {
    Gauge.builder(metric.family(), value).tags(tags(metric, labels)).register(registry);
  }

  /**
   * @param bounds upper ones, in the unit of the metric
   */
  Distribution histogram(Metric metric, double[] bounds, String... labels) {
    return histograms.computeIfAbsent(metric, this::family).distribution(bounds, labels);
  }

  private HistogramFamily family(Metric metric) {
    HistogramFamily family = new HistogramFamily(metric);
    registry.getPrometheusRegistry().register(family);
    return family;
  }

  private static Tags tags(Metric metric, String... values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(metric.labels().get(i), values[i]));
    }
    return Tags.of(tags);
  }

  /** What was put under every constant. */
  static <E extends Enum<E>, V> V of(Map<E, V> byConstant, E constant) {
    return Objects.requireNonNull(byConstant.get(constant));
  }

  static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }

  /** The name of a constant as a label. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * With exemplars in buckets only. By default they are behind counts, too, for which Prometheus
   * 2.42 refuses the whole page.
   */
  private static final class Plain implements PrometheusConfig {

    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      return new Properties();
    }
  }

  /** Lets listed metrics pass, with their own sentences as help. */
  private record Listed(MeterRegistry registry) implements MeterFilter {

    /** What the registry may add to a name later, when it knows what the meter measures. */
    private static final Set<String> SUFFIXES_TO_COME = Set.of("", "_total", "_seconds");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
      return metric(id) == null ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
      Metric metric = metric(id);
      return metric == null
          ? id
          : new Meter.Id(
              id.getName(),
              Tags.of(id.getTagsAsIterable()),
              id.getBaseUnit(),
              metric.sentence(),
              id.getType());
    }

    private @Nullable Metric metric(Meter.Id id) {
      String name = id.getConventionName(registry.config().namingConvention());
      for (Metric metric : Metric.values()) {
        String rest =
            metric.family().startsWith(name) ? metric.family().substring(name.length()) : "-";
        if (SUFFIXES_TO_COME.contains(rest)) {
          return metric;
        }
      }
      return null;
    }
  }
}
