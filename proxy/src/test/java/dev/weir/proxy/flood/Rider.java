package dev.weir.proxy.flood;

import dev.weir.proxy.flood.Script.Act;
import dev.weir.proxy.flood.Script.Manner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the flood: does what its script says at the time it says, whatever the server
 * does. Confined to the thread of its {@link RiderLoop}.
 */
final class Rider {

  /** What a slow reader takes at a time. */
  private static final int SIP_BYTES = 2_048;

  private static final int SMALL_BUFFER_BYTES = 4_096;

  private final Script script;
  private final Ear ear;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Tally tally;
  private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
  private int nextStep;
  private boolean reading;
  private boolean done;

  Rider(String name, Script script, Tally tally, Selector selector) throws IOException {
    Manner manner = script.manner();
    this.script = script;
    this.tally = tally;
    this.ear = new Ear(name + " " + manner, manner, tally);
    this.reading = manner != Manner.DEAF && manner != Manner.SLOW;
    this.channel = SocketChannel.open();
    channel.configureBlocking(false);
    if (!reading) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER_BYTES);
    }
    this.key = channel.register(selector, 0, this);
  }

  /** Reading and writing, as it may go wrong. */
  @FunctionalInterface
  private interface Attempt {
    void make() throws IOException, AnswerParser.Garbled;
  }

  boolean done() {
    return done;
  }

  /** The next step, or {@code null} after the last one. */
  Script.@Nullable Step upcoming() {
    return nextStep < script.steps().size() ? script.steps().get(nextStep) : null;
  }

  /** Does the next step. */
  void step(InetSocketAddress server) {
    Act act = script.steps().get(nextStep++).act();
    attempt(() -> act(act, server));
  }

  private void act(Act act, InetSocketAddress server) throws IOException {
    switch (act) {
      case Act.Open open -> {
        channel.connect(server);
        key.interestOps(SelectionKey.OP_CONNECT);
      }
      case Act.Send send -> send.asks().forEach(this::ask);
      case Act.Spill spill -> {
        put(spill.latin1());
        tally.count(Tally.What.HALF_SENT);
      }
      case Act.Finish finish -> {
        if (channel.isConnected()) {
          channel.shutdownOutput();
        } else {
          reset();
        }
      }
      case Act.Reset reset -> reset();
    }
  }

  private void ask(Ask ask) {
    if (!ear.told()) {
      put(ask.latin1());
      ear.expect(ask);
    }
  }

  private void put(String latin1) {
    unsent.add(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** The channel is ready for something. */
  void ready(ByteBuffer scratch) {
    attempt(
        () -> {
          if (key.isConnectable() && channel.finishConnect()) {
            tally.count(Tally.What.OPENED);
          }
          if (key.isReadable()) {
            read(scratch.clear());
          }
        });
  }

  /** A slow reader takes a little of what has come. */
  void sip(ByteBuffer scratch) {
    if (script.manner() == Manner.SLOW && channel.isConnected()) {
      attempt(() -> read(scratch.clear().limit(SIP_BYTES)));
    }
  }

  /** A deaf one begins to read. */
  void listen() {
    reading |= script.manner() == Manner.DEAF;
  }

  private void read(ByteBuffer scratch) throws IOException, AnswerParser.Garbled {
    if (channel.read(scratch) < 0) {
      ear.closed("closed");
      end();
    } else {
      ear.hear(scratch.flip());
    }
  }

  /** To be called after everything else: sends what it can, and says what it waits for. */
  void settle() {
    if (channel.isConnected()) {
      attempt(
          () -> {
            send();
            if (satisfied()) {
              end();
            } else {
              int write = unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE;
              key.interestOps(reading ? write | SelectionKey.OP_READ : write);
            }
          });
    }
  }

  private void send() throws IOException {
    while (!unsent.isEmpty()) {
      channel.write(unsent.element());
      if (unsent.element().hasRemaining()) {
        return;
      }
      unsent.remove();
    }
  }

  /** All others wait until the server closes the connection. */
  private boolean satisfied() {
    return switch (script.manner()) {
      case POLITE, LENIENT, SLOW, DEAF ->
          upcoming() == null && unsent.isEmpty() && ear.waitsFor() == 0;
      case RUDE, GARBLING, HALF -> false;
    };
  }

  /** At the end of all patience. */
  void giveUp() {
    ear.complain("still waits for " + ear.waitsFor() + " answers after step " + nextStep);
    attempt(this::reset);
  }

  private void attempt(Attempt attempt) {
    if (done) {
      return;
    }
    try {
      attempt.make();
    } catch (IOException e) {
      ear.closed("broken: " + e.getMessage());
      attempt(this::end);
    } catch (AnswerParser.Garbled e) {
      ear.complain("garbled answer: " + e.getMessage());
      attempt(this::reset);
    }
  }

  private void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    end();
  }

  private void end() throws IOException {
    done = true;
    channel.close();
  }
}
