package dev.weir.proxy;

import dev.weir.proxy.path.Trace;

/** A name for requests of which it does not matter what they are called. */
public final class Traced {

  public static final Trace ANY = new Trace("any", 1, 2, 3);

  private Traced() {}
}
