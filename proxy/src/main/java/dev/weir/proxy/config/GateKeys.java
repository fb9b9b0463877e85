package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code gate}. */
final class GateKeys {

  static final Key<Settings, Integer> PERMITS =
      key(
          "permits",
          Forms.whole(0, 1024),
          0,
          "Calls computed at the same time; 0 for the processors of this machine or container. A"
              + " reload can raise it to twice what it was at the start.",
          GateSettings::permits);

  static final Key<Settings, Integer> MAX_QUEUE =
      key(
          "max-queue",
          Forms.whole(1, 1_000_000),
          4096,
          "Calls in the house, waiting or computed. Lower tiers fill less of it: 90, 75 and 50 %.",
          GateSettings::maxQueue);

  static final Key<Settings, Duration> TARGET_DELAY =
      key(
          "target-queue-delay",
          Forms.duration("0s", "24h"),
          Duration.ofMillis(3),
          "Estimated wait from which on calls are chosen from while more is asked for than there"
              + " is.",
          GateSettings::targetQueueDelay);

  static final Key<Settings, Duration> MAX_QUEUE_DELAY =
      key(
          "max-queue-delay",
          Forms.duration("0s", "24h"),
          Duration.ofMillis(200),
          "Estimated wait beyond which calls are refused even if their deadline is later. A call"
              + " may wait for as long as it takes itself besides, a large one three times that.",
          GateSettings::maxQueueDelay);

  static final Key<Settings, Duration> STANDING_DELAY =
      key(
          "standing-queue-delay",
          Forms.duration("0s", "24h"),
          Duration.ofMillis(10),
          "The same once the queue has not been empty for 100 ms, or a flood has just begun: it"
              + " does no good by its length then.",
          GateSettings::standingQueueDelay);

  static final Key<Settings, Double> LARGE_RESERVE =
      key(
          "large-reserve",
          Forms.decimal(0, 0.9),
          0.4,
          "Part of the processor time that small calls leave to large ones that wait.",
          GateSettings::largeReserve);

  static final Key<Settings, Double> MARGIN =
      key(
          "margin",
          Forms.decimal(1, 10),
          1.3,
          "By which a call's estimated cost is multiplied when its deadline is looked at.",
          GateSettings::margin);

  static final Key<Settings, GateSettings.Limit> LIMIT =
      key(
          "limit",
          Forms.choice(GateSettings.Limit.class),
          GateSettings.Limit.MARGINAL,
          "How the number of calls computed at the same time is found: marginal looks between"
              + " permits and twice as many for the least that does the most; fixed keeps to"
              + " permits; the others are known from elsewhere and here for comparison.",
          GateSettings::limit);

  static final Key<Settings, GateSettings.Order> ORDER =
      key(
          "order",
          Forms.choice(GateSettings.Order.class),
          GateSettings.Order.COST,
          "Who is next of those that wait: cost goes by priority, size and tenant; codel-lifo, for"
              + " comparison, by age alone, and the gate only looks for a free place then.",
          GateSettings::order);

  static final Key<Settings, Double> WORK_BUDGET =
      key(
          "work-budget",
          Forms.decimal(0, 1000),
          4.0,
          "A call is stopped when it has cost so many times what one in a hundred of its like"
              + " exceeds, while others wait; 0 for never.",
          GateSettings::workBudget);

  static final Key<Settings, GateSettings.Waiting> WORK_BUDGET_FOR =
      key(
          "work-budget-for",
          Forms.choice(GateSettings.Waiting.class),
          GateSettings.Waiting.ANYBODY,
          "Who must be waiting for that.",
          GateSettings::workBudgetFor);

  static final Key<Settings, List<GateSettings.Rule>> DRY_RUN =
      key(
          "dry-run",
          Forms.list("rules", Forms.choice(GateSettings.Rule.class)),
          List.of(),
          "Rules that are counted and not kept to.",
          GateSettings::dryRun);

  static final List<Key<Settings, ?>> ALL =
      List.of(
          PERMITS,
          MAX_QUEUE,
          TARGET_DELAY,
          MAX_QUEUE_DELAY,
          STANDING_DELAY,
          LARGE_RESERVE,
          MARGIN,
          LIMIT,
          ORDER,
          WORK_BUDGET,
          WORK_BUDGET_FOR,
          DRY_RUN);

  static final GateSettings STANDARD = make(Values.standard(ALL));

  private GateKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<GateSettings, T> of) {
    return new Key<>(
        "gate." + name, form, standard, sentence, settings -> of.apply(settings.gate()));
  }

  static GateSettings make(Values values) {
    return new GateSettings(
        values.get(PERMITS),
        values.get(MAX_QUEUE),
        values.get(TARGET_DELAY),
        values.get(MAX_QUEUE_DELAY),
        values.get(STANDING_DELAY),
        values.get(LARGE_RESERVE),
        values.get(MARGIN),
        values.get(LIMIT),
        values.get(ORDER),
        values.get(WORK_BUDGET),
        values.get(WORK_BUDGET_FOR),
        values.get(DRY_RUN));
  }
}
