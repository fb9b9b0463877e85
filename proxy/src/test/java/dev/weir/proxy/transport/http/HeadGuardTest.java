package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be in a head, byte by byte. */
final class HeadGuardTest {

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }

  @Test
  void looksNoFurtherThanTheEndOfTheHead() {
    assertTrue(new HeadGuard().accepts(bytes("GET / HTTP/1.1\r\nA: b\tc\r\n\r\n\u0000\n\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\n", "a\rb", "a\r\n b", "a\r\n\tb", "a\tb", "a\u0000", "a\u007f", " a", "\n"})
  void refusesWhateverWayItArrives(String head) {
    assertFalse(new HeadGuard().accepts(bytes(head)));
    HeadGuard guard = new HeadGuard();
    ByteBuf in = Unpooled.buffer();
    boolean accepted = true;
    for (byte b : head.getBytes(ISO_8859_1)) {
      in.writeByte(b);
      accepted &= guard.accepts(in);
    }
    assertFalse(accepted);
  }

  @Test
  void goesOnWhereItWasAfterTheDecoderTookItsPart() {
    HeadGuard guard = new HeadGuard();
    ByteBuf in = bytes("GET / HTTP/1.1\r\nA: b\r\n");
    assertTrue(guard.accepts(in));
    in.skipBytes(16);
    guard.taken(16);
    ByteBuf rest = Unpooled.wrappedBuffer(in, bytes(" folded\r\n\r\n"));

    assertFalse(guard.accepts(rest));
  }

  @Test
  void knowsWhetherAHeadHasBegun() {
    HeadGuard guard = new HeadGuard();
    assertTrue(guard.beforeHead());
    assertTrue(guard.accepts(bytes("\r\n\r")));
    assertTrue(guard.beforeHead());
    guard.taken(3);
    assertTrue(guard.accepts(bytes("\nG")));
    assertFalse(guard.beforeHead());
    guard.reset();
    assertEquals(true, guard.beforeHead());
  }
}
