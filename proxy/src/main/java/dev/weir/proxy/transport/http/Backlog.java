package dev.weir.proxy.transport.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sent ahead of the answer it waits for. Reading stops when that is enough requests,
 * or any body; as one read is bounded, so is this. Used on its event loop only.
 */
final class Backlog {

  private final Channel channel;
  private final int maxRequests;
  private final Deque<HttpObject> objects = new ArrayDeque<>(4);
  private int requests;

  Backlog(Channel channel, int maxRequests) {
    this.channel = channel;
    this.maxRequests = maxRequests;
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  void add(HttpObject object) {
    objects.add(object);
    boolean enough =
        object instanceof HttpRequest
            ? ++requests >= maxRequests
            : object instanceof HttpContent piece && piece.content().isReadable();
    if (enough) {
      channel.config().setAutoRead(false);
    }
  }

  /**
   * The next object.
   *
   * @param anyRequest whether a request may begin; if not, only the rest of the current one is
   *     given
   */
  @Nullable HttpObject poll(boolean anyRequest) {
    boolean request = objects.peek() instanceof HttpRequest;
    if (request && !anyRequest) {
      return null;
    }
    requests -= request ? 1 : 0;
    return objects.poll();
  }

  /** Reads on if everything was taken. */
  void readOn() {
    if (objects.isEmpty() && !channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
  }

  /** Forgets everything. */
  void clear() {
    for (HttpObject object : objects) {
      ReferenceCountUtil.release(object);
    }
    objects.clear();
    requests = 0;
  }
}
