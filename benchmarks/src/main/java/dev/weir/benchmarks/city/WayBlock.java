package dev.weir.benchmarks.city;

import dev.weir.benchmarks.city.Network.Way;
import org.jspecify.annotations.Nullable;
import org.openstreetmap.osmosis.osmbinary.Osmformat;

/** Ways on their way into a file, with their tags. */
final class WayBlock {

  private final Network network;
  private final Words words = new Words();
  private final Osmformat.PrimitiveGroup.Builder ways = Osmformat.PrimitiveGroup.newBuilder();

  WayBlock(Network network) {
    this.network = network;
  }

  void add(int number) {
    Way way = network.ways().get(number);
    Osmformat.Way.Builder written = Osmformat.Way.newBuilder().setId(NodeBlock.id(number));
    long before = 0;
    for (int reference = way.first(); reference < way.end(); reference++) {
      long id = NodeBlock.id(network.node(reference));
      written.addRefs(id - before);
      before = id;
    }
    tag(written, way);
    ways.addWays(written);
  }

  private void tag(Osmformat.Way.Builder written, Way way) {
    Kind kind = way.kind();
    Form form = way.form();
    tag(written, kind.key(), kind.value());
    tag(written, "name", Names.of(kind, way.name()));
    tag(written, "maxspeed", kind.maxSpeed());
    tag(written, "lanes", kind.lanes());
    tag(written, "oneway", form.oneWay() ? "yes" : null);
    tag(written, "bridge", form.bridge() ? "yes" : null);
    tag(written, "layer", form.bridge() ? "1" : null);
    tag(written, "junction", form == Form.ROUNDABOUT ? "roundabout" : null);
    tag(written, "source", "synthetic");
  }

  private void tag(Osmformat.Way.Builder written, String key, @Nullable String value) {
    if (value != null) {
      written.addKeys(words.of(key)).addVals(words.of(value));
    }
  }

  Osmformat.PrimitiveBlock build() {
    return words.block().addPrimitivegroup(ways).build();
  }
}
