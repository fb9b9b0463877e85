package dev.weir.proxy;

import dev.weir.proxy.config.Adjustment;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.SettingsPrinter;
import dev.weir.proxy.observe.LogLevels;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.Exposition;
import dev.weir.proxy.path.FaultSwitch;
import dev.weir.proxy.path.LogSwitch;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Totals;
import dev.weir.proxy.transport.admin.AdminView;
import dev.weir.proxy.transport.admin.Reload;
import dev.weir.proxy.transport.admin.live.Vitals;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of a server, and turns. Thread-safe.
 *
 * @param isReady whether calls are welcome
 * @param isDrained whether an operator has taken the server out of service
 * @param drains does so, or undoes it
 */
record OperatorView(
    Live<Settings> settings,
    Reloading reloading,
    DataPlane plane,
    Observations observations,
    @Nullable FaultSwitch faults,
    BooleanSupplier isReady,
    BooleanSupplier isDrained,
    Consumer<Boolean> drains)
    implements AdminView {

  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public Exposition metrics(String accept) {
    return observations.scrape(accept);
  }

  @Override
  public boolean live() {
    return !plane.queue().worn();
  }

  @Override
  public boolean ready() {
    return isReady.getAsBoolean();
  }

  @Override
  public boolean drained() {
    return isDrained.getAsBoolean();
  }

  @Override
  public void drain(boolean out) {
    drains.accept(out);
  }

  @Override
  public String config() {
    return SettingsPrinter.print(settings.get());
  }

  @Override
  public BreakerSwitch breaker() {
    return plane.guard();
  }

  @Override
  public LogSwitch log() {
    return new LogLevels();
  }

  @Override
  public Reload reload() {
    return reloading.reload();
  }

  @Override
  public List<Adjustment.Entry> adjustable() {
    return Adjustment.entries(settings.get());
  }

  @Override
  public Reload adjust(Map<String, String> wishes) {
    return reloading.adjust(wishes);
  }

  @Override
  public Totals totals() {
    return observations.totals();
  }

  @Override
  public Vitals vitals() {
    double processors = plane.gate().effectiveProcessors();
    return new Vitals(
        Version.current(),
        ready(),
        drained(),
        plane.guard().position(),
        plane.gate().limit(),
        plane.gate().running(),
        plane.queue().length(),
        processors * plane.gate().workAheadNanos() / NANOS_PER_SECOND,
        processors,
        plane.gate().loadPercent(),
        Arrays.stream(Priority.values()).map(plane.gate()::admittedPart).toList(),
        settings.get().gate().dryRun().stream()
            .map(rule -> rule.name().toLowerCase(Locale.ROOT))
            .toList(),
        reloading.adjusted());
  }
}
