package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an operator wants a fault to be like, by name. Used by one thread. */
final class Wishes {

  private final Map<String, String> values;
  private final List<String> known = new ArrayList<>();

  Wishes(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  boolean has(String name) {
    known.add(name);
    return values.containsKey(name);
  }

  /**
   * @throws Illegal if it is no number from {@code least} to {@code most}
   */
  double number(String name, double least, double most, double otherwise) throws Illegal {
    if (!has(name)) {
      return otherwise;
    }
    String text = text(name, "");
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with what would do
    }
    throw new Illegal(
        "%s must be a number from %s to %s".formatted(name, plain(least), plain(most)));
  }

  /** The same for whole numbers. */
  long whole(String name, long least, long most, long otherwise) throws Illegal {
    double number = number(name, (double) least, (double) most, (double) otherwise);
    if (number != Math.rint(number)) {
      throw new Illegal(name + " must be a whole number");
    }
    return (long) number;
  }

  /** The constant whose name it is in small letters, with hyphens. */
  <E extends Enum<E>> E choice(String name, Class<E> of, E otherwise) throws Illegal {
    if (!has(name)) {
      return otherwise;
    }
    String wish = text(name, "");
    List<String> possible = new ArrayList<>();
    for (E constant : of.getEnumConstants()) {
      String label = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (label.equals(wish)) {
        return constant;
      }
      possible.add(label);
    }
    throw new Illegal(name + " must be one of " + String.join(", ", possible));
  }

  String text(String name, String otherwise) {
    known.add(name);
    return values.getOrDefault(name, otherwise);
  }

  /**
   * To be called when all has been asked for.
   *
   * @throws Illegal if there is a wish that nobody asked for
   */
  void nothingElse() throws Illegal {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new Illegal("no such setting; there are " + String.join(", ", known));
      }
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
