package dev.weir.benchmarks.city;

import java.util.Map;
import org.openstreetmap.osmosis.osmbinary.Osmformat;

/** Nodes on their way into a file: differences from the one before. */
final class NodeBlock {

  private final City city;
  private final Words words = new Words();
  private final Osmformat.DenseNodes.Builder nodes = Osmformat.DenseNodes.newBuilder();
  private long id;
  private long latitude;
  private long longitude;

  NodeBlock(City city) {
    this.city = city;
  }

  /** The number by which the file knows a node or a way. */
  static long id(int number) {
    return number + 1L;
  }

  void add(int node) {
    Network network = city.network();
    nodes.addId(id(node) - id);
    nodes.addLat(network.latitude(node) - latitude);
    nodes.addLon(network.longitude(node) - longitude);
    id = id(node);
    latitude = network.latitude(node);
    longitude = network.longitude(node);
    if (node == city.label()) {
      label()
          .forEach((key, value) -> nodes.addKeysVals(words.of(key)).addKeysVals(words.of(value)));
    }
    nodes.addKeysVals(0);
  }

  private Map<String, String> label() {
    return Map.of("place", "city", "name", "Synthetic City " + city.seed());
  }

  Osmformat.PrimitiveBlock build() {
    return words
        .block()
        .addPrimitivegroup(Osmformat.PrimitiveGroup.newBuilder().setDense(nodes))
        .build();
  }
}
