package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;

/** The same bytes as a query and as a document in GraphHopper's words, plain and compressed. */
public final class GlanceFuzz {

  private static final int MOST_INFLATED_BYTES = 65_536;

  private GlanceFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String query = new String(data, ISO_8859_1);
    for (RequestKind kind : RequestKind.values()) {
      QueryGlance.of(kind, query);
    }
    BodyGlance.of(data, false);
    BodyGlance.of(data, true);
    read(() -> RouteParameters.read(new Parameters(query)));
    read(() -> ReachParameters.isochrone(new Parameters(query)));
    read(() -> ReachParameters.tree(new Parameters(query)));
    read(() -> NearestParameters.read(new Parameters(query)));
    read(() -> Inflation.inflate(data, MOST_INFLATED_BYTES));
  }

  @FunctionalInterface
  private interface Reading {
    Object read() throws MalformedQuery;
  }

  private static void read(Reading reading) {
    try {
      reading.read();
    } catch (MalformedQuery mistake) {
      mistake.problem();
    }
  }
}
