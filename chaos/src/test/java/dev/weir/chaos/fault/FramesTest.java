package dev.weir.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes are those of the standards: RFC 9113 for frames, RFC 7541 for blocks. */
final class FramesTest {

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes.replace(" ", ""));
  }

  @Test
  void aFrameTellsItsLengthTypeFlagsAndStream() {
    assertArrayEquals(
        hex("000003 01 05 00000007 616263"), Frames.headers(7, true, new byte[] {'a', 'b', 'c'}));
    assertArrayEquals(hex("000004 03 00 00000003 00000008"), Frames.reset(3));
    assertArrayEquals(
        hex("000006 04 00 00000000 0004 00000001"), Frames.settings(Frames.INITIAL_WINDOW_SIZE, 1));
    assertArrayEquals(
        hex("ffffff 06 00 00000000"), Frames.frame(0xff_ffff, Frames.PING, 0, 0, new byte[0]));
  }

  @Test
  void aFieldIsALiteralWithANewName() {
    assertArrayEquals(hex("00 01 61 02 6263"), Frames.fields("a", "bc"));
  }

  @Test
  void lengthsBeyondSevenBitsGoOnAsHpackSays() {
    // 127 in the prefix, and the rest of 1337 is 1210: 10111010 00001001
    byte[] block = Frames.fields("", "x".repeat(1_337));
    assertArrayEquals(hex("00 00 7f ba 09"), Arrays.copyOf(block, 5));
    assertEquals(5 + 1_337, block.length);
    assertArrayEquals(hex("00 00 7e"), Arrays.copyOf(Frames.fields("", "x".repeat(126)), 3));
    assertArrayEquals(hex("00 00 7f 00"), Arrays.copyOf(Frames.fields("", "x".repeat(127)), 4));
  }

  @Test
  void aMessageTellsWhatItIsToldToTell() {
    assertArrayEquals(hex("01 ffffffff 61"), Frames.message(1, -1, new byte[] {'a'}));
  }
}
