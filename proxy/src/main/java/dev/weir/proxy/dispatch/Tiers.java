package dev.weir.proxy.dispatch;

import static dev.weir.proxy.path.Refusal.Reason.EXPIRED_IN_QUEUE;
import static dev.weir.proxy.path.Refusal.Reason.OVER_CAPACITY;

import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Weir's own order: by priority, and in each {@link Tier} by size, tenant and cost. */
final class Tiers implements Line {

  private final DoubleSupplier largeReserve;
  private final Outlook outlook;
  private final Map<Priority, Tier> tiers = new EnumMap<>(Priority.class);

  /**
   * @param largeReserve part of the processor time that is kept for large calls; may change
   */
  Tiers(DoubleSupplier largeReserve, Outlook outlook) {
    this.largeReserve = largeReserve;
    this.outlook = outlook;
    for (Priority priority : Priority.values()) {
      tiers.put(priority, new Tier());
    }
  }

  @Override
  public Permits.Share share(Profile profile) {
    boolean large = outlook.large(profile);
    if (profile.priority() == Priority.CRITICAL) {
      return large ? Permits.Share.LARGE_CRITICAL : Permits.Share.CRITICAL;
    }
    return large ? Permits.Share.LARGE : Permits.Share.SMALL;
  }

  @Override
  public void add(Waiting call) {
    Objects.requireNonNull(tiers.get(call.profile().priority())).add(call);
  }

  @Override
  public @Nullable Waiting poll(long nowNanos, Predicate<Waiting> mayRun) {
    for (Tier tier : tiers.values()) {
      Waiting taken = tier.poll(largeReserve.getAsDouble(), mayRun);
      if (taken != null) {
        return taken;
      }
    }
    return null;
  }

  @Override
  public @Nullable Reason doomed(Waiting call, long nowNanos) {
    boolean useless = call.useless(nowNanos, outlook.runNanos(call.profile()));
    return useless ? EXPIRED_IN_QUEUE : null;
  }

  /** Looks at what is ahead of each call, too, and at what there is room for. */
  @Override
  public void sweep(long nowNanos, BiConsumer<Waiting, Reason> shed) {
    for (Tier tier : tiers.values()) {
      tier.removeIf(
          call -> expires(call, nowNanos) || outlook.surplus(call.profile()),
          call -> {
            Reason doomed = doomed(call, nowNanos);
            shed.accept(call, doomed == null ? OVER_CAPACITY : doomed); // others may have the time
          });
    }
  }

  private boolean expires(Waiting call, long nowNanos) {
    Profile profile = call.profile();
    return call.useless(nowNanos, outlook.waitNanos(profile) + outlook.runNanos(profile));
  }

  @Override
  public void drain(Consumer<Waiting> taken) {
    for (Tier tier : tiers.values()) {
      tier.removeIf(call -> true, taken);
    }
  }

  @Override
  public boolean smallWaits() {
    for (Tier tier : tiers.values()) {
      if (tier.smallWaits()) {
        return true;
      }
    }
    return false;
  }
}
