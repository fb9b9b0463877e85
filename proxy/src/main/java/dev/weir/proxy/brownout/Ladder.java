package dev.weir.proxy.brownout;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.path.Brownout;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Plan;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.RouteQuery;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The steps, taken in their order as far as they are on for a tier. Thread-safe. */
public final class Ladder implements Brownout {

  private final Map<Step, Rung> rungs = new EnumMap<>(Step.class);
  private final Supplier<BrownoutSettings> settings;

  /**
   * @param engine tells which profiles have been prepared for what
   */
  public Ladder(EngineSettings engine, Supplier<BrownoutSettings> settings) {
    this.settings = settings;
    for (Step step : Step.values()) {
      rungs.put(step, rung(step, engine));
    }
  }

  private static Rung rung(Step step, EngineSettings engine) {
    return switch (step) {
      case ALTERNATIVES -> new OnePath();
      case OUTPUT -> new PlainOutput();
      case SEARCH -> new PreparedSearch(engine.profiles());
      case COARSE -> new CoarseBorder();
      case ESTIMATE -> new Estimation();
    };
  }

  @Override
  public @Nullable Plan cheaper(Plan plan, Caller caller, Priority priority) {
    BrownoutSettings now = settings.get();
    Tier tier = tier(priority);
    for (Map.Entry<Step, Rung> rung : rungs.entrySet()) {
      Step step = rung.getKey();
      if (comesAfter(step, plan.left()) && tiers(step, now).contains(tier) && suits(step, caller)) {
        Traits traits = rung.getValue().cheaper(plan.traits(), now);
        if (traits != null) {
          return new Plan(traits, left(plan.left(), step));
        }
      }
    }
    return null;
  }

  private static boolean comesAfter(Step step, Set<Step> taken) {
    for (Step before : taken) {
      if (before.compareTo(step) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean suits(Step step, Caller caller) {
    return step != Step.ESTIMATE || caller.estimateWelcome();
  }

  /** In the order of the steps; an estimate does without all that the others leave out. */
  private static Set<Step> left(Set<Step> before, Step step) {
    EnumSet<Step> all = EnumSet.of(step);
    if (step != Step.ESTIMATE) {
      all.addAll(before);
    }
    return Collections.unmodifiableSet(all);
  }

  private static Tier tier(Priority priority) {
    return switch (priority) {
      case CRITICAL -> Tier.CRITICAL;
      case DEFAULT -> Tier.DEFAULT;
      case SHEDDABLE -> Tier.SHEDDABLE;
      case BATCH -> Tier.BATCH;
    };
  }

  private static List<Tier> tiers(Step step, BrownoutSettings settings) {
    return switch (step) {
      case ALTERNATIVES -> settings.alternatives();
      case OUTPUT -> settings.output();
      case SEARCH -> settings.search();
      case COARSE -> settings.coarse();
      case ESTIMATE -> settings.estimate();
    };
  }

  @Override
  public @Nullable RouteQuery reduce(RouteQuery query, Set<Step> steps) {
    BrownoutSettings now = settings.get();
    RouteQuery less = query;
    for (Map.Entry<Step, Rung> rung : rungs.entrySet()) {
      if (less != null && steps.contains(rung.getKey())) {
        less = rung.getValue().reduce(less, now);
      }
    }
    return less instanceof RouteQuery.Route route ? saying(route, steps) : less;
  }

  /** The answer is to say what it does without. */
  private static RouteQuery saying(RouteQuery.Route route, Set<Step> steps) {
    List<String> codes = steps.stream().sorted().map(Step::code).toList();
    RouteQuery.Rendering rendering = route.rendering().degraded(codes);
    return Less.rendering(route, route.pathDetails(), rendering);
  }

  @Override
  public Reply.Estimated estimate(Traits traits) {
    return Estimation.reply(traits, settings.get());
  }
}
