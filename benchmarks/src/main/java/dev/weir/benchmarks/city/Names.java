package dev.weir.benchmarks.city;

import org.jspecify.annotations.Nullable;

/** What ways are called. Every name says that it was made up. */
final class Names {

  /** Of ways without a name. */
  static final int NONE = -1;

  private static final String[] PREFIXES = {
    "", "", "", "Old ", "New ", "Upper ", "Lower ", "Long "
  };
  private static final String[] STEMS = {
    "Acorn", "Alder", "Ash", "Badger", "Beech", "Birch", "Bramble", "Canal", "Castle", "Cedar",
    "Cherry", "Chestnut", "Clover", "Copper", "Cypress", "Elder", "Elm", "Falcon", "Fern", "Fig",
    "Foundry", "Garden", "Hazel", "Heron", "Holly", "Ivy", "Juniper", "Kiln", "Larch", "Laurel",
    "Lime", "Magnolia", "Maple", "Market", "Meadow", "Mill", "Myrtle", "Oak", "Orchard", "Osprey",
    "Otter", "Pine", "Plover", "Poplar", "Quarry", "Rowan", "Sorrel", "Spruce", "Sycamore", "Willow"
  };
  private static final String[] SMALL = {" Street", " Street", " Lane", " Row", " Close", " Way"};

  private Names() {}

  /**
   * @param key any number, the same for ways that bear the same name; {@link #NONE} for none
   */
  static @Nullable String of(Kind kind, int key) {
    if (key == NONE) {
      return null;
    }
    int number = key & Integer.MAX_VALUE;
    String word = STEMS[number % STEMS.length];
    int rest = number / STEMS.length;
    String name = PREFIXES[rest % PREFIXES.length] + word;
    return switch (kind) {
          case MOTORWAY -> number == 0 ? "Ring Motorway" : "Radial Motorway " + number;
          case PRIMARY -> name + " Boulevard";
          case SECONDARY -> name + " Avenue";
          case TERTIARY -> name + " Road";
          case RIVER -> "River " + word;
          case PARK -> name + " Park";
          case RESIDENTIAL, SERVICE, MOTORWAY_LINK ->
              name + SMALL[rest / PREFIXES.length % SMALL.length];
        }
        + " (synthetic)";
  }
}
