package dev.weir.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Requests, encoded once and sent round and round in the same order. Immutable; the buffers are
 * sent as duplicates.
 */
final class Requests {
  /** What it allocates lives as long as this process. */
  private static final ByteBufAllocator KEPT = new UnpooledByteBufAllocator(true, true);

  private final List<ByteBuf> encoded;

  private Requests(List<ByteBuf> encoded) {
    this.encoded = List.copyOf(encoded);
  }

  /** Car routes between random points of the area, instructions included. */
  static Requests randomRoutes(Area area, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> targets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      targets.add(
          "/route?profile=car&locale=en&instructions=true&point="
              + area.randomPoint(random)
              + "&point="
              + area.randomPoint(random));
    }
    return of(targets);
  }

  /** GET requests for the given paths and queries. */
  static Requests of(List<String> targets) {
    return new Requests(targets.stream().map(Requests::encode).toList());
  }

  private static ByteBuf encode(String target) {
    String head =
        "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n";
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    ByteBuf direct = KEPT.directBuffer(bytes.length).writeBytes(bytes);
    return Unpooled.unreleasableBuffer(direct.asReadOnly());
  }

  int size() {
    return encoded.size();
  }

  /** The request at {@code index}, read-only. */
  ByteBuf get(int index) {
    return encoded.get(index);
  }

  /** Only those whose index is set, in the same order. */
  Requests only(BitSet wanted) {
    return new Requests(wanted.stream().limit(size()).mapToObj(encoded::get).toList());
  }

  /** A rectangle of the earth, in degrees. */
  record Area(double minLon, double minLat, double maxLon, double maxLat) {

    private String randomPoint(SplittableRandom random) {
      double lat = minLat + random.nextDouble() * (maxLat - minLat);
      double lon = minLon + random.nextDouble() * (maxLon - minLon);
      return String.format(Locale.ROOT, "%.6f,%.6f", lat, lon);
    }
  }
}
