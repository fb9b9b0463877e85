package dev.weir.proxy.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values read for the keys of one schema. Not thread-safe. */
final class Values {

  private final Map<Key<?, ?>, Object> values = new HashMap<>();

  /** What holds where nothing is given. */
  static Values standard(List<? extends Key<?, ?>> keys) {
    Values values = new Values();
    keys.forEach(key -> values.put(key, key.standard()));
    return values;
  }

  void put(Key<?, ?> key, Object value) {
    values.put(key, value);
  }

  /**
   * @throws Unread if the value could not be read, so that nothing is made of it
   */
  @SuppressWarnings("unchecked") // only what the key's own form has read is put under the key
  <T> T get(Key<?, T> key) {
    Object value = values.get(key);
    if (value == null) {
      throw new Unread();
    }
    return (T) value;
  }

  /** A value is wanted whose mistake has been reported already. */
  static final class Unread extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unread() {
      super("unread", null, false, false);
    }
  }
}
