package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.function.Function;

/**
 * One setting, and all that is known of it: reader, printer, records and documents take it from
 * here. Immutable.
 *
 * @param <R> record that holds the setting
 * @param name dotted, below the schema it belongs to
 * @param standard the value where none is given
 * @param sentence what it is for, for the operator
 * @param of its value in the record
 */
record Key<R, T>(String name, Form<T> form, T standard, String sentence, Function<R, T> of) {

  /**
   * @throws InvalidSetting if the value is out of range
   */
  void require(T value) {
    if (!form.allows(value)) {
      throw new InvalidSetting(name, "must be " + form.range());
    }
  }

  Tree write(R holder) {
    return form.write(of.apply(holder));
  }

  Tree writeStandard() {
    return form.write(standard);
  }
}
