package dev.weir.proxy.transport.admin.live;

import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Totals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** As the test says. */
public final class FakeTotals implements Totals {

  public final Map<Reason, Long> refused = new EnumMap<>(Reason.class);
  public final Map<Outcome, Long> ended = new EnumMap<>(Outcome.class);
  public final Map<Priority, Long> admitted = new EnumMap<>(Priority.class);
  public final List<Long> times = new ArrayList<>(List.of(0L, 0L, 0L));
  public final List<Share> shares = new ArrayList<>();
  public final List<Turned> turned = new ArrayList<>();

  @Override
  public long refused(Reason reason) {
    return refused.getOrDefault(reason, 0L);
  }

  @Override
  public long wouldHaveRefused() {
    return 0;
  }

  @Override
  public long ended(Outcome outcome) {
    return ended.getOrDefault(outcome, 0L);
  }

  @Override
  public long admitted(Priority priority) {
    return admitted.getOrDefault(priority, 0L);
  }

  @Override
  public long turnedAway(Priority priority) {
    return 0;
  }

  @Override
  public long degraded(Step step) {
    return 0;
  }

  @Override
  public long exceeded() {
    return 0;
  }

  @Override
  public long faults() {
    return 0;
  }

  @Override
  public Distribution times() {
    return new Distribution(List.of(0.001, 0.01), List.copyOf(times));
  }

  @Override
  public Distribution estimates() {
    return new Distribution(List.of(100.0), List.of(0L, 0L));
  }

  @Override
  public List<Share> takeShares() {
    List<Share> taken = List.copyOf(shares);
    shares.clear();
    return taken;
  }

  @Override
  public List<Turned> takeRefusals() {
    List<Turned> taken = List.copyOf(turned);
    turned.clear();
    return taken;
  }
}
