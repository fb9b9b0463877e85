package dev.weir.proxy.transport.http;

/** Tells a connection that it is not to outlive its current answers. */
enum Drain {
  NOW
}
