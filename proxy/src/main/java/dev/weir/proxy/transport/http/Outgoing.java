package dev.weir.proxy.transport.http;

import dev.weir.proxy.transport.HeldBytes;

/** What goes to a caller: an answer, or a part of one. Whoever holds it writes or drops it. */
sealed interface Outgoing permits Encoded, Part {

  /** Gives back what it takes, unwritten. */
  void drop(HeldBytes held);
}
