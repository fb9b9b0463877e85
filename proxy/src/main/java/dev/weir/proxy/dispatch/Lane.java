package dev.weir.proxy.dispatch;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls of one tier and size: between tenants by start-time fair queueing in units of
 * cost [1], within a tenant small before large, with ageing. Not thread-safe.
 *
 * <p>Each tenant has a start tag: the virtual time until which its weight has paid for what was
 * taken of it. The tenant with the least tag is next; among equals, the one whose first call is
 * first. Virtual time passes as in an ideal queue that serves all waiting tenants at once, each by
 * its weight; a tenant is forgotten when nothing of it waits and virtual time has come to its tag,
 * or when nobody waits at all. So who always has but one call waiting gets no more than others, and
 * what is remembered of absent tenants is bounded by what was served within one such round.
 *
 * <p>[1] P. Goyal, H. Vin and H. Cheng, "Start-time Fair Queueing", SIGCOMM 1996.
 */
final class Lane {

  private final Map<String, Tenant> tenants = new HashMap<>();
  private final Heap<Tenant> order = new Heap<>(Tenant::before);
  private double virtualTime;
  private double waitingWeight;
  private int size;

  void add(Waiting waiting) {
    Tenant tenant = tenants.get(waiting.tenant());
    if (tenant == null) {
      tenant = new Tenant(waiting.tenant(), virtualTime);
      tenants.put(waiting.tenant(), tenant);
    }
    tenant.calls.add(waiting);
    if (tenant.calls.size() > 1) {
      order.moved(tenant);
    } else {
      tenant.startTag = Math.max(tenant.startTag, virtualTime);
      tenant.weight = waiting.weight();
      waitingWeight += tenant.weight;
      order.add(tenant);
    }
    size++;
  }

  /** The call that is next, or {@code null} if none waits. */
  @Nullable Waiting peek() {
    Tenant first = order.peek();
    return first == null ? null : first.calls.peek();
  }

  /** Takes out the call that is next. */
  @Nullable Waiting poll() {
    Tenant tenant = order.peek();
    if (tenant == null) {
      return null;
    }
    Waiting taken = tenant.calls.poll();
    if (taken == null) {
      throw new IllegalStateException("a tenant without calls");
    }
    size--;
    virtualTime = Math.max(virtualTime + taken.costNanos() / waitingWeight, tenant.startTag);
    tenant.startTag += taken.costNanos() / tenant.weight;
    if (tenant.calls.isEmpty()) {
      leave(tenant);
    } else {
      order.moved(tenant);
    }
    return taken;
  }

  /** Nothing of the tenant waits any more. */
  private void leave(Tenant tenant) {
    order.remove(tenant);
    waitingWeight -= tenant.weight;
    if (order.isEmpty()) {
      forgetAll();
    } else if (tenant.startTag <= virtualTime) {
      tenants.remove(tenant.name);
    }
  }

  /**
   * Takes out all calls that the test says yes to, and forgets whom virtual time has overtaken; in
   * proportion to what waits.
   */
  void removeIf(Predicate<Waiting> test, Consumer<Waiting> removed) {
    Iterator<Tenant> all = tenants.values().iterator();
    while (all.hasNext()) {
      Tenant tenant = all.next();
      int before = tenant.calls.size();
      tenant.calls.removeIf(test, removed);
      int left = tenant.calls.size();
      size -= before - left;
      if (before > 0 && left == 0) {
        order.remove(tenant);
        waitingWeight -= tenant.weight;
      } else if (left < before) {
        order.moved(tenant);
      }
      if (left == 0 && tenant.startTag <= virtualTime) {
        all.remove();
      }
    }
    if (order.isEmpty()) {
      forgetAll();
    }
  }

  private void forgetAll() {
    tenants.clear();
    waitingWeight = 0;
  }

  int size() {
    return size;
  }

  /** Calls of one tenant, the first to be served on top. */
  private static final class Tenant extends Heap.Node {
    private final String name;
    private final Heap<Waiting> calls = new Heap<>(Waiting::before);
    private double startTag;
    private double weight = 1;

    Tenant(String name, double startTag) {
      this.name = name;
      this.startTag = startTag;
    }

    boolean before(Tenant other) {
      if (startTag != other.startTag) {
        return startTag < other.startTag;
      }
      Waiting mine = calls.peek();
      Waiting its = other.calls.peek();
      return mine != null && (its == null || mine.before(its));
    }
  }
}
