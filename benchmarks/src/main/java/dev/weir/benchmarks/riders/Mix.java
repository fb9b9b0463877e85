package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.LoadException;
import dev.weir.proxy.path.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Who asks for what. Immutable; the same seed gives the same questions.
 *
 * @param keys of tenants, drawn alike; empty for riders without keys
 */
record Mix(Shares<Kind> kinds, Shares<Priority> tiers, List<String> keys) {
  /** Of each kind that is asked for at all, however seldom. */
  private static final int LEAST_OF_A_KIND = 40;

  Mix {
    keys = List.copyOf(keys);
  }

  /** Questions to try out, all kinds mingled. */
  List<Question> candidates(City city, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Question> questions = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      double part = kinds.part(kind);
      int wanted = part > 0 ? Math.max(LEAST_OF_A_KIND, (int) Math.round(part * count)) : 0;
      for (int i = 0; i < wanted; i++) {
        String key = keys.isEmpty() ? "" : keys.get(random.nextInt(keys.size()));
        questions.add(new Question(kind, city.trip(random), tiers.draw(random), key));
      }
    }
    Collections.shuffle(questions, new Random(seed));
    return List.copyOf(questions);
  }

  /**
   * The order in which they are asked, with the kinds in their shares.
   *
   * @param answered those that a server has an answer to
   * @throws LoadException if a kind is asked for, and none of it has an answer
   */
  List<Question> order(List<Question> answered, int count, long seed) {
    Map<Kind, List<Question>> byKind = new EnumMap<>(Kind.class);
    answered.forEach(q -> byKind.computeIfAbsent(q.kind(), k -> new ArrayList<>()).add(q));
    SplittableRandom random = new SplittableRandom(seed);
    Map<Kind, Integer> next = new EnumMap<>(Kind.class);
    List<Question> order = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Kind kind = kinds.draw(random);
      List<Question> own = byKind.getOrDefault(kind, List.of());
      if (own.isEmpty()) {
        throw new LoadException(
            "the server answers no request of the kind " + kind.name().toLowerCase(Locale.ROOT));
      }
      order.add(own.get(next.merge(kind, 1, Integer::sum) % own.size()));
    }
    return List.copyOf(order);
  }
}
