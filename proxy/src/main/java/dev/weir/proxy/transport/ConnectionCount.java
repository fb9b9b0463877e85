package dev.weir.proxy.transport;

import dev.weir.proxy.path.Network;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.path.TransportObserver.Cut;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a port, in all and by the address they come from, and whether there may be one
 * more. Thread-safe.
 */
public final class ConnectionCount {

  private final int max;
  private final int maxPerAddress;
  private final TransportObserver observer;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> perNetwork = new ConcurrentHashMap<>();

  public ConnectionCount(int max, int maxPerAddress, TransportObserver observer) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
    this.observer = observer;
  }

  /** Connections that entered and have not left. */
  public int open() {
    return open.get();
  }

  /**
   * Counts a connection that was just accepted, if it may stay; {@link #leave} is to follow then.
   *
   * @param address of the peer, {@code null} if it is unknown
   * @return whether it may stay; otherwise it is to be closed before any work is done for it
   */
  public boolean enter(@Nullable InetAddress address) {
    if (open.incrementAndGet() > max) {
      open.decrementAndGet();
      observer.connectionCut(Cut.TOO_MANY_CONNECTIONS);
      return false;
    }
    if (address != null && perNetwork.merge(network(address), 1, Integer::sum) > maxPerAddress) {
      forget(address);
      open.decrementAndGet();
      observer.connectionCut(Cut.TOO_MANY_FROM_ADDRESS);
      return false;
    }
    observer.connectionOpened();
    return true;
  }

  /** A connection that had entered has ended. */
  public void leave(@Nullable InetAddress address) {
    if (address != null) {
      forget(address);
    }
    open.decrementAndGet();
    observer.connectionClosed();
  }

  private void forget(InetAddress address) {
    perNetwork.computeIfPresent(network(address), (_, count) -> count == 1 ? null : count - 1);
  }

  private static String network(InetAddress address) {
    return Network.of(address.getHostAddress());
  }
}
