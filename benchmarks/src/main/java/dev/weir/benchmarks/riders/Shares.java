package dev.weir.benchmarks.riders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often each value is drawn. Immutable.
 *
 * @param parts of 1, for all values; they sum up to 1
 */
record Shares<E extends Enum<E>>(Map<E, Double> parts) {

  Shares {
    parts = Map.copyOf(parts);
  }

  /**
   * Reads {@code name=weight,name=weight}; weights need not sum up to anything, names left out are
   * never drawn.
   *
   * @throws IllegalArgumentException with one sentence
   */
  static <E extends Enum<E>> Shares<E> parse(Class<E> type, String text) {
    Map<E, Double> weights = new EnumMap<>(type);
    for (String pair : text.split(",", -1)) {
      int sign = pair.indexOf('=');
      String name = (sign < 0 ? pair : pair.substring(0, sign)).strip();
      E value = value(type, name);
      double weight = weight(sign < 0 ? "" : pair.substring(sign + 1).strip(), name);
      if (weights.put(value, weight) != null) {
        throw new IllegalArgumentException("'" + name + "' is given twice");
      }
    }
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    if (!(sum > 0)) {
      throw new IllegalArgumentException("one of the shares must be above 0");
    }
    Map<E, Double> parts = new EnumMap<>(type);
    for (E value : type.getEnumConstants()) {
      parts.put(value, weights.getOrDefault(value, 0.0) / sum);
    }
    return new Shares<>(parts);
  }

  private static <E extends Enum<E>> E value(Class<E> type, String name) {
    List<String> names = new ArrayList<>();
    for (E value : type.getEnumConstants()) {
      String word = value.name().toLowerCase(Locale.ROOT);
      if (word.equals(name)) {
        return value;
      }
      names.add(word);
    }
    throw new IllegalArgumentException(
        "'" + name + "' is none of " + String.join(", ", names) + " (as in name=weight)");
  }

  private static double weight(String text, String name) {
    try {
      double weight = Double.parseDouble(text);
      if (weight >= 0 && Double.isFinite(weight)) {
        return weight;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("the share of '" + name + "' must be a number from 0 on");
  }

  double part(E value) {
    return parts.getOrDefault(value, 0.0);
  }

  /** One of them. */
  E draw(SplittableRandom random) {
    double left = random.nextDouble();
    E last = parts.keySet().iterator().next();
    for (E value : Arrays.asList(last.getDeclaringClass().getEnumConstants())) {
      if (part(value) > 0) {
        last = value;
        left -= part(value);
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }
}
