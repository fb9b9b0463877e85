package dev.weir.proxy.observe;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Totals.Share;
import dev.weir.proxy.path.Totals.Turned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A few of many answers and refusals, kept until somebody takes them: every so many-th, so that
 * about as many are looked at however many there are, and none at all once nobody takes them.
 * Thread-safe; the lock is held for some hundred nanoseconds, a thousand times a second at most.
 */
final class Samples {

  /** Answers looked at between two takes, once it is known how many there are. */
  static final int WANTED = 512;

  /** Until it is. */
  static final int MOST = 4 * WANTED;

  /** Refusals with numbers kept between two takes. */
  static final int MOST_TOLD = 32;

  /** Others. */
  private static final int MOST_PLAIN = 8;

  private final Map<String, Counts> tenants = new HashMap<>();
  private final Deque<Turned> told = new ArrayDeque<>();
  private final Deque<Turned> plain = new ArrayDeque<>();

  /** Counts without care: it only chooses samples. */
  private int seen;

  private volatile int stride = 1;
  private volatile int looked;

  private static final class Counts {
    private long answered;
    private long refused;
    private long engineNanos;
  }

  void answered(Answered answer) {
    if (++seen % stride == 0 && looked < MOST) {
      look(answer);
    }
  }

  private void look(Answered answer) {
    Identity asker = AccessLog.asker(answer);
    if (asker != null) {
      add(AccessLog.tame(asker.tenant()), asker, answer);
    }
  }

  private synchronized void add(String tenant, Identity asker, Answered answer) {
    looked++;
    Counts counts = tenants.computeIfAbsent(tenant, _ -> new Counts());
    Refusal.Reason reason = answer.reason();
    Spent spent = answer.spent();
    if (reason == null) {
      counts.answered++;
    } else {
      counts.refused++;
      if (plain.size() < MOST_PLAIN) {
        String what = Meters.label(answer.resource());
        plain.add(new Turned(reason, what, asker.priority(), tenant, -1, -1, -1));
      }
    }
    counts.engineNanos += spent == null ? 0 : spent.engineNanos();
  }

  /** A refusal of the gate that is told in detail. */
  void turnedAway(Profile profile, Refusal.Reason reason, long waitNanos, double part) {
    Turned turned =
        new Turned(
            reason,
            Meters.label(profile.kind()),
            profile.priority(),
            AccessLog.tame(profile.identity().tenant()),
            profile.estimate().meanNanos(),
            waitNanos,
            part);
    synchronized (this) {
      if (told.size() < MOST_TOLD) {
        told.add(turned);
      }
    }
  }

  synchronized List<Share> takeShares() {
    List<Share> shares = new ArrayList<>();
    int every = stride;
    tenants.forEach(
        (tenant, counts) ->
            shares.add(
                new Share(
                    tenant,
                    every * counts.answered,
                    every * counts.refused,
                    every * counts.engineNanos)));
    tenants.clear();
    stride = Math.max(1, Math.abs(seen) / WANTED);
    seen = 0;
    looked = 0;
    return shares;
  }

  /** Those with numbers are the latest; what they tell is not told again without. */
  synchronized List<Turned> takeRefusals() {
    List<Turned> taken = new ArrayList<>();
    for (Turned each : plain) {
      if (told.stream().noneMatch(other -> alike(each, other))) {
        taken.add(each);
      }
    }
    taken.addAll(told);
    plain.clear();
    told.clear();
    return taken;
  }

  private static boolean alike(Turned one, Turned other) {
    return one.reason() == other.reason() && one.tenant().equals(other.tenant());
  }
}
