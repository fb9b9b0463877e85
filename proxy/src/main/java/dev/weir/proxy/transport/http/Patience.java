package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.HttpSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a connection waits for its caller: to send and, apart from that, to read. Used on its
 * event loop only.
 */
final class Patience {

  // Long enough for a caller to read the last answer before its unread request resets the
  // connection.
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Channel channel;
  private final HttpSettings settings;
  private final Expiry input;
  private final Expiry output;
  private final Runnable readerStalled;

  private Wait wait = Wait.NOTHING;
  private boolean reading;
  private long pendingBytes;
  private long progressBytes;

  /** What a caller is expected to do. */
  enum Wait {
    /** To be patient itself. */
    NOTHING,
    NEXT_REQUEST,
    REST_OF_HEAD,
    REST_OF_BODY,
    /** To close its side, after our last answer. */
    CLOSE
  }

  /**
   * @param callerSilent hears for what the caller took too long
   * @param readerStalled hears that the caller read nothing of its answer for too long
   */
  Patience(Channel channel, Shared shared, Consumer<Wait> callerSilent, Runnable readerStalled) {
    this.channel = channel;
    this.settings = shared.settings();
    this.readerStalled = readerStalled;
    this.input = new Expiry(channel.eventLoop(), shared.ticker(), () -> callerSilent.accept(wait));
    this.output = new Expiry(channel.eventLoop(), shared.ticker(), this::checkReader);
  }

  /** Begins anew with the next {@link #awaits}, even if that is for the same thing. */
  void restart() {
    wait = Wait.NOTHING;
  }

  /** Sets the time limit for what comes next; what is already waited for goes on being so. */
  void awaits(Wait next) {
    if (next == wait && next != Wait.NEXT_REQUEST) {
      return;
    }
    wait = next;
    switch (next) {
      case NOTHING -> input.disarm();
      case NEXT_REQUEST -> input.arm(settings.idleTimeout().toNanos());
      case REST_OF_HEAD -> input.arm(settings.headerTimeout().toNanos());
      case REST_OF_BODY -> input.arm(settings.bodyTimeout().toNanos());
      case CLOSE -> input.arm(LINGER.toNanos());
    }
  }

  /** To be called after something was flushed. */
  void watchReader() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
      reading = false;
      output.disarm();
    } else if (!reading) {
      reading = true;
      remember(buffer);
    }
  }

  private void remember(ChannelOutboundBuffer buffer) {
    pendingBytes = buffer.totalPendingWriteBytes();
    progressBytes = buffer.currentProgress();
    output.arm(settings.readTimeout().toNanos());
  }

  private void checkReader() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
      reading = false;
    } else if (buffer.totalPendingWriteBytes() == pendingBytes
        && buffer.currentProgress() == progressBytes) {
      readerStalled.run();
    } else {
      remember(buffer);
    }
  }

  void end() {
    input.cancel();
    output.cancel();
  }
}
