package dev.weir.chaos.fault;

import static dev.weir.chaos.fault.Frames.callHead;
import static dev.weir.chaos.fault.Frames.data;
import static dev.weir.chaos.fault.Frames.fields;
import static dev.weir.chaos.fault.Frames.frame;
import static dev.weir.chaos.fault.Frames.headers;
import static dev.weir.chaos.fault.Frames.hello;
import static dev.weir.chaos.fault.Frames.join;
import static dev.weir.chaos.fault.Frames.message;
import static dev.weir.chaos.fault.Frames.number;
import static dev.weir.chaos.fault.Frames.settings;
import static dev.weir.chaos.fault.Frames.times;
import static dev.weir.chaos.fault.Frames.windowUpdate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What a client says on a connection of HTTP/2 that is nearly a request, of gRPC if need be, with
 * something wrong in its frames, its head, the frame of its message, its message, or any byte of
 * it. The same seed gives the same bytes. Used by one thread.
 */
public final class FrameMutator {

  private static final int LONGEST_FRAME = 0xff_ffff;
  private static final int MOST = Integer.MAX_VALUE;
  private static final int BOMB_FRAMES = 64;
  private static final int BOMB_BYTES = 16_000;

  /** Settings that there are, and some that there are not. */
  private static final List<Integer> NUMBERS = List.of(0, 1, 2, 3, 4, 5, 6, 99);

  private static final List<Integer> VALUES = List.of(0, 1, 7, 16_383, -1, MOST, Integer.MIN_VALUE);

  private final SplittableRandom random;
  private final Mutator bytes;
  private final List<String> head;
  private final byte[] request;
  private final byte[] bomb;

  /**
   * @param head names and values of the request that everything is made of
   * @param request its message as gRPC leaves it to others; empty for none
   */
  public FrameMutator(List<String> head, byte[] request, long seed) {
    this.random = new SplittableRandom(seed);
    this.bytes = new Mutator("", seed);
    this.head = List.copyOf(head);
    this.request = request.clone();
    this.bomb = bomb();
  }

  public byte[] next() {
    return switch (random.nextInt(5)) {
      case 0 -> join(hello(), badFrame(), call());
      case 1 -> join(hello(), headers(1, false, badBlock()), data(1, true, whole()));
      case 2 -> join(hello(), headers(1, false, badHead()), data(1, true, whole()));
      case 3 -> join(hello(), badBody());
      default -> bytes.changed(join(hello(), call()));
    };
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private byte[] whole() {
    return request.length == 0 ? request : message(request);
  }

  private byte[] call() {
    return Frames.request(1, head, whole());
  }

  /** The block of the head, and further fields. */
  private byte[] block(String... further) {
    return join(fields(head), fields(further));
  }

  /** A frame that should not be, or not there, or not so long. */
  private byte[] badFrame() {
    byte[] some = new byte[random.nextInt(20)];
    return pick(
        List.of(
            frame(random.nextInt(256), random.nextInt(256), random.nextInt(4), some),
            frame(LONGEST_FRAME, random.nextInt(10), 0, 1, some),
            frame(random.nextInt(30), random.nextInt(10), 0, random.nextInt(4), some),
            settings(pick(NUMBERS), pick(VALUES)),
            frame(Frames.SETTINGS, 0, 1, new byte[0]),
            frame(Frames.SETTINGS, 0, 0, new byte[5]),
            frame(Frames.SETTINGS, 1, 0, new byte[6]),
            frame(Frames.PING, 0, 0, new byte[7]),
            frame(Frames.RST_STREAM, 0, 1, number(0)),
            frame(Frames.CONTINUATION, 0, 1, some),
            frame(Frames.HEADERS, 0, 1, block()), // and no continuation
            headers(0, true, block()),
            headers(2, true, block()),
            join(headers(5, true, block()), headers(3, true, block())),
            data(7, true, whole()),
            data(0, true, whole()),
            windowUpdate(0, 0),
            windowUpdate(1, 0),
            join(windowUpdate(0, MOST), windowUpdate(0, MOST)),
            bomb));
  }

  /** A head without end. */
  private byte[] bomb() {
    return join(
        frame(Frames.HEADERS, 0, 1, block()),
        times(
            BOMB_FRAMES,
            frame(Frames.CONTINUATION, 0, 1, fields("x-bomb", "x".repeat(BOMB_BYTES)))));
  }

  /** A block that is no HPACK, or of an entry that there is not, or larger than it may be. */
  private byte[] badBlock() {
    byte[] good = block();
    byte[] wrong =
        pick(
            List.of(
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xff, 0x7f},
                new byte[] {(byte) 0xff, -1, -1, -1, -1, -1, -1, 0x7f},
                new byte[] {0x3f, -1, -1, -1, 0x07},
                new byte[] {0, 0x7f, -1, -1, -1, 0x7f},
                new byte[] {0, (byte) 0x84, -1, -1, -1, -1, 0},
                new byte[] {0, 20, 'x'},
                fields("x-large", "x".repeat(12_000)),
                times(BOMB_BYTES / 16, fields("x-many", "y"))));
    return random.nextBoolean() ? join(good, wrong) : join(wrong, good);
  }

  /** Fields that do not belong together, or mean nothing. */
  private byte[] badHead() {
    return pick(
        List.of(
            block(":path", "/twice"),
            block(":unknown", "x"),
            block("X-Upper", "x"),
            block("connection", "close"),
            block("content-length", "-5"),
            block("grpc-encoding", pick(List.of("br", "gzip", "identity,gzip", "\0"))),
            block("grpc-timeout", pick(List.of("x", "", "-1S", "999999999H", "5"))),
            block("x-weir-priority", "\u00ff\u00fe"),
            block("grpc-status-details-bin", "!!!"),
            block("authorization", "Bearer " + "x".repeat(4_000)),
            fields(callHead(pick(List.of("/", "", "*", "/a/b", "//", "/weir.v1.RoutingService/")))),
            fields(":method", "GET", ":path", "/x"),
            fields(":method", "CONNECT", ":authority", "weir"),
            fields("te", "trailers", ":method", "POST", ":path", "/x"),
            fields(":status", "200"),
            fields()));
  }

  /** A message that is not as its frame says, or none of the contract. */
  private byte[] badBody() {
    byte[] broken = bytes.changed(request);
    byte[] body =
        pick(
            List.of(
                message(1, request.length, request),
                message(7, request.length, request),
                message(0, -1, request),
                message(0, MOST, request),
                message(0, request.length + 1, request),
                message(0, request.length - 1, request),
                message(0, 0, new byte[0]),
                message(0, broken.length, broken),
                message(0, 0, whole()),
                join(whole(), whole()),
                times(100, message(0, 0, new byte[0])),
                new byte[] {0, 0},
                new byte[0]));
    boolean gzip = random.nextInt(4) == 0;
    byte[] block = gzip ? block("grpc-encoding", "gzip") : block();
    return join(headers(1, false, block), data(1, random.nextInt(8) > 0, body));
  }
}
