package dev.weir.proxy.transport.admin.live;

import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.Totals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners every second what happened, and new ones what happened in the last minutes, by
 * server-sent events. Used on the admin port's thread only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write ends in a closed connection
public final class Feed {

  /** What is kept, some hundred kilobytes. */
  static final int KEPT_SECONDS = 600;

  public static final int MOST_LISTENERS = 8;

  /** So many samples are left out for a listener that is slow to take them, before it is cut. */
  static final int MOST_MISSED = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final Sampler sampler;
  private final Deque<byte[]> kept = new ArrayDeque<>();
  private final List<Listener> listeners = new ArrayList<>();

  /** What all get that is written in this second. */
  private byte[] now;

  private static final class Listener {
    private final Channel channel;
    private int missed;

    Listener(Channel channel) {
      this.channel = channel;
    }
  }

  public Feed(Totals totals, Supplier<Vitals> vitals, Ticker ticker, InstantSource clock) {
    this.sampler = new Sampler(totals, vitals, ticker, clock);
    sampler.sample(); // counts begin here
    this.now = sampler.now();
  }

  /** Whether there is room for another listener. */
  public boolean hasRoom() {
    return listeners.size() < MOST_LISTENERS;
  }

  /** To a channel to which the head of a chunked answer has been written. */
  public void add(Channel channel) {
    Listener listener = new Listener(channel);
    listeners.add(listener);
    channel.closeFuture().addListener(_ -> listeners.remove(listener));
    List<byte[]> all = new ArrayList<>();
    all.add(sampler.hello());
    all.addAll(kept);
    all.add(now);
    write(channel, Unpooled.wrappedBuffer(all.toArray(byte[][]::new)));
  }

  /** To be called every second. */
  public void tick() {
    try {
      byte[] sample = sampler.sample();
      now = sampler.now();
      kept.addLast(sample);
      if (kept.size() > KEPT_SECONDS) {
        kept.removeFirst();
      }
      List.copyOf(listeners).forEach(listener -> tell(listener, sample));
    } catch (RuntimeException | Error fault) {
      LOG.error("The live page could not be told what happened; the next second may do.", fault);
    }
  }

  private void tell(Listener listener, byte[] sample) {
    if (listener.channel.isWritable()) {
      listener.missed = 0;
      write(listener.channel, Unpooled.wrappedBuffer(sample, now));
    } else if (++listener.missed > MOST_MISSED) {
      listener.channel.close();
    }
  }

  private static void write(Channel channel, ByteBuf events) {
    channel.writeAndFlush(new DefaultHttpContent(events));
  }
}
