package dev.weir.proxy.dispatch;

import java.util.HashMap;
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
      tenants.clear();
      waitingWeight = 0;
    } else if (tenant.startTag <= virtualTime) {
      tenants.remove(tenant.name);
    }
  }

  /** Forgets whom virtual time has overtaken. */
  private void forget() {
    tenants.values().removeIf(t -> t.calls.isEmpty() && t.startTag <= virtualTime);
  }

  /** Takes out all calls that the test says yes to; in proportion to what waits. */
  void removeIf(Predicate<Waiting> test, Consumer<Waiting> removed) {
    for (Tenant tenant : tenants.values().toArray(Tenant[]::new)) {
      int before = tenant.calls.size();
      tenant.calls.removeIf(test, removed);
      size -= before - tenant.calls.size();
      if (before > 0 && tenant.calls.isEmpty()) {
        leave(tenant);
      } else if (tenant.calls.size() < before) {
        order.moved(tenant);
      }
    }
    forget();
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
