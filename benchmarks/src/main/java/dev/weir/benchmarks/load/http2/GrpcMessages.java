package dev.weir.benchmarks.load.http2;

import io.netty.buffer.ByteBuf;
import java.util.function.IntConsumer;

/**
 * Walks over the messages of one call, cut anywhere, and looks at no more of each than which fields
 * it has: to parse a route would cost the generator more than a refusal costs the server. Used by
 * one thread.
 */
public final class GrpcMessages {
  static final int PREFIX_BYTES = 5;

  /** What was asked for, in every response of {@code weir.v1}. */
  private static final int ANSWER = 1;

  /** What it does without, a repeated enum. */
  private static final int DEGRADATIONS = 2;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int MOST_VARINT_BITS = 63;

  private enum State {
    PREFIX,
    TAG,
    VALUE,
    LENGTH,
    SKIP,
    BROKEN
  }

  private final IntConsumer told;
  private State state = State.PREFIX;
  private int prefixed;
  private long left;
  private long varint;
  private int shift;
  private int field;
  private long skip;
  private int first;
  private boolean answers;
  private int messages;
  private int answered;
  private int degradations;

  /**
   * @param told the number of the first field of each message that is complete, 0 if it has none
   */
  public GrpcMessages(IntConsumer told) {
    this.told = told;
  }

  void reset() {
    state = State.PREFIX;
    prefixed = 0;
    left = 0;
    varint = 0;
    shift = 0;
    messages = 0;
    answered = 0;
    degradations = 0;
  }

  /** Whether there were messages, all complete and each with what was asked for. */
  boolean right() {
    return state == State.PREFIX && prefixed == 0 && messages > 0 && answered == messages;
  }

  /** Of all messages: bit {@code n} stands for the enum's value {@code n}. */
  int degradations() {
    return degradations;
  }

  /** Leaves the buffer as it is. */
  public void feed(ByteBuf in) {
    int end = in.writerIndex();
    int at = in.readerIndex();
    while (at < end && state != State.BROKEN) {
      if (state == State.SKIP && field != DEGRADATIONS) {
        int step = (int) Math.min(skip, end - at);
        at += step;
        skipped(step);
      } else {
        take(in.getByte(at++));
      }
    }
  }

  private void take(byte b) {
    switch (state) {
      case PREFIX -> prefix(b);
      case SKIP -> {
        degraded(b);
        skipped(1);
      }
      case TAG, VALUE, LENGTH -> {
        left--;
        varint |= (long) (b & 0x7f) << shift;
        shift += 7;
        if (b >= 0) {
          number();
        } else if (left <= 0 || shift > MOST_VARINT_BITS) {
          state = State.BROKEN;
        }
      }
      case BROKEN -> throw new IllegalStateException("nothing to read");
    }
  }

  private void prefix(byte b) {
    if (prefixed == 0 && b != 0) {
      state = State.BROKEN; // compressed, which nobody asked for
      return;
    }
    left = (left << 8) | (b & 0xff);
    prefixed++;
    if (prefixed == PREFIX_BYTES) {
      prefixed = 0;
      answers = false;
      first = 0;
      messages++;
      next();
    }
  }

  private void number() {
    long number = varint;
    varint = 0;
    shift = 0;
    switch (state) {
      case TAG -> tag(number);
      case LENGTH -> skip(number);
      case VALUE -> {
        degraded((byte) number);
        next();
      }
      case PREFIX, SKIP, BROKEN -> throw new IllegalStateException("no number in " + state);
    }
  }

  private void tag(long tag) {
    if (left <= 0) {
      state = State.BROKEN;
      return;
    }
    field = (int) (tag >>> 3);
    first = first == 0 ? field : first;
    switch ((int) (tag & 7)) {
      case VARINT -> state = State.VALUE;
      case FIXED64 -> skip(Long.BYTES);
      case DELIMITED -> state = State.LENGTH;
      case FIXED32 -> skip(Integer.BYTES);
      default -> state = State.BROKEN;
    }
  }

  private void skip(long bytes) {
    if (bytes < 0 || bytes > left) {
      state = State.BROKEN;
      return;
    }
    answers |= field == ANSWER && bytes > 0;
    skip = bytes;
    state = State.SKIP;
    skipped(0);
  }

  private void skipped(int bytes) {
    skip -= bytes;
    left -= bytes;
    if (skip == 0) {
      next();
    }
  }

  private void degraded(byte value) {
    if (field == DEGRADATIONS && value >= 0 && value < Integer.SIZE) {
      degradations |= 1 << value;
    }
  }

  /** After a field, or the prefix. */
  private void next() {
    if (left > 0) {
      state = State.TAG;
    } else {
      answered += answers ? 1 : 0;
      left = 0;
      state = State.PREFIX;
      told.accept(first);
    }
  }
}
