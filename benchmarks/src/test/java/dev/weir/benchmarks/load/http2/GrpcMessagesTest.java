package dev.weir.benchmarks.load.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.MessageLite;
import dev.weir.v1.Area;
import dev.weir.v1.Degradation;
import dev.weir.v1.GetIsochroneResponse;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Polyline;
import dev.weir.v1.RideProgress;
import dev.weir.v1.Route;
import dev.weir.v1.StreamRoutesResponse;
import dev.weir.v1.TrackRideResponse;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrpcMessagesTest {
  private static final Route ROUTE =
      Route.newBuilder()
          .setDistanceMeters(1_234.5)
          .setPolyline(Polyline.newBuilder().setEncoded("x".repeat(300)).setPrecision(5))
          .build();

  private final List<Integer> told = new ArrayList<>();
  private final GrpcMessages messages = new GrpcMessages(told::add);

  private static byte[] frames(MessageLite... all) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (MessageLite one : all) {
      bytes.writeBytes(Grpc.frame(one));
    }
    return bytes.toByteArray();
  }

  private void feed(byte[] bytes, int piece) {
    messages.reset();
    told.clear();
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      messages.feed(Unpooled.wrappedBuffer(part));
    }
  }

  @Test
  void isRightHoweverTheBytesAreCut() {
    byte[] two =
        frames(
            StreamRoutesResponse.newBuilder().setRoute(ROUTE).build(),
            StreamRoutesResponse.newBuilder().setRoute(ROUTE).setVariant(300).build());
    for (int piece = 1; piece <= two.length; piece++) {
      feed(two, piece);
      assertTrue(messages.right(), "in pieces of " + piece);
      assertEquals(List.of(1, 1), told);
    }
  }

  @Test
  void isNotRightWithoutItsLastByte() {
    byte[] whole = frames(GetRouteResponse.newBuilder().setRoute(ROUTE).build());
    for (int length = 0; length < whole.length; length++) {
      feed(Arrays.copyOf(whole, length), whole.length);
      assertFalse(messages.right(), "of " + length + " bytes");
    }
  }

  @Test
  void isNotRightWithoutWhatWasAskedFor() {
    feed(frames(GetRouteResponse.getDefaultInstance()), 1_000);
    assertFalse(messages.right());
    assertEquals(List.of(0), told);
    feed(
        frames(
            GetRouteResponse.newBuilder().addDegradations(Degradation.DEGRADATION_OUTPUT).build()),
        1_000);
    assertFalse(messages.right());
    feed(
        frames(GetIsochroneResponse.newBuilder().addAreas(Area.newBuilder().setBucket(1)).build()),
        1);
    assertTrue(messages.right());
  }

  @Test
  void collectsWhatAnswersDoWithout() {
    byte[] bytes =
        frames(
            GetRouteResponse.newBuilder()
                .setRoute(ROUTE)
                .addDegradations(Degradation.DEGRADATION_OUTPUT)
                .addDegradations(Degradation.DEGRADATION_SEARCH)
                .build());
    for (int piece = 1; piece <= bytes.length; piece++) {
      feed(bytes, piece);
      assertEquals((1 << 2) | (1 << 3), messages.degradations());
    }
  }

  @Test
  void tellsWhichOfSeveralAMessageIs() {
    feed(
        frames(
            TrackRideResponse.newBuilder()
                .setProgress(RideProgress.newBuilder().setRemainingMeters(3))
                .build()),
        2);
    assertEquals(List.of(2), told);
  }

  @Test
  void bytesThatAreNoMessagesAreNeverRight() {
    for (int first = 0; first < 256; first++) {
      feed(new byte[] {0, 0, 0, 0, 3, (byte) first, (byte) 0xff, (byte) 0xff}, 8);
      assertFalse(messages.right() && first != 0x0a, "first byte " + first);
    }
    feed(new byte[] {1, 0, 0, 0, 0}, 5); // compressed
    assertFalse(messages.right());
  }
}
