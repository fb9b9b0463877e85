package dev.weir.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
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
public final class Requests {
  /** What it allocates lives as long as this process. */
  private static final ByteBufAllocator KEPT = new UnpooledByteBufAllocator(true, true);

  private final List<Encoded> encoded;

  private Requests(List<Encoded> encoded) {
    this.encoded = List.copyOf(encoded);
  }

  /** What is sent, and the words without which a 200 is no right answer to it. */
  private record Encoded(ByteBuf bytes, Mark mark) {}

  /**
   * A request as people write it.
   *
   * @param target path and query
   * @param headers lines without their ends
   * @param mark what the body of a right answer contains
   */
  public record Plain(String target, List<String> headers, Mark mark) {
    public Plain {
      headers = List.copyOf(headers);
    }

    public Plain(String target, List<String> headers, String mark) {
      this(target, headers, new Mark(mark));
    }
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
    return ofPlain(targets.stream().map(t -> new Plain(t, List.of(), Mark.ROUTE)).toList());
  }

  /** GET requests, each with its own headers and mark. */
  public static Requests ofPlain(List<Plain> plain) {
    return new Requests(plain.stream().map(Requests::encode).toList());
  }

  private static Encoded encode(Plain plain) {
    StringBuilder head = new StringBuilder("GET ").append(plain.target());
    head.append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n");
    plain.headers().forEach(line -> head.append(line).append("\r\n"));
    String text = head.append("\r\n").toString();
    return new Encoded(kept(text.getBytes(StandardCharsets.US_ASCII)), plain.mark());
  }

  /** A read-only buffer that is never given back, to be sent as duplicates. */
  public static ByteBuf kept(byte[] bytes) {
    ByteBuf direct = KEPT.directBuffer(bytes.length).writeBytes(bytes);
    return Unpooled.unreleasableBuffer(direct.asReadOnly());
  }

  public int size() {
    return encoded.size();
  }

  /** The request at {@code index}, read-only. */
  ByteBuf get(int index) {
    return encoded.get(index).bytes();
  }

  /** What the body of a right answer to it contains. */
  Mark mark(int index) {
    return encoded.get(index).mark();
  }

  /** Only those whose index is set, in the same order. */
  Requests only(BitSet wanted) {
    return new Requests(wanted.stream().limit(size()).mapToObj(encoded::get).toList());
  }

  /** A rectangle of the earth, in degrees. */
  public record Area(double minLon, double minLat, double maxLon, double maxLat) {

    /**
     * What a server covers.
     *
     * @param info body of its answer to {@code GET /info}
     * @throws LoadException if that names no area
     */
    public static Area of(String info) throws IOException {
      JsonNode bbox = new ObjectMapper().readTree(info).path("bbox");
      if (bbox.size() < 4) {
        throw new LoadException("GET /info names no area");
      }
      return new Area(
          bbox.get(0).asDouble(),
          bbox.get(1).asDouble(),
          bbox.get(2).asDouble(),
          bbox.get(3).asDouble());
    }

    private String randomPoint(SplittableRandom random) {
      double lat = minLat + random.nextDouble() * (maxLat - minLat);
      double lon = minLon + random.nextDouble() * (maxLon - minLon);
      return String.format(Locale.ROOT, "%.6f,%.6f", lat, lon);
    }
  }
}
