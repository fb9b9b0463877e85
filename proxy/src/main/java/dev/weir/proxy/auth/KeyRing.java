package dev.weir.proxy.auth;

import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.path.Authenticator;
import dev.weir.proxy.path.Caller;
import java.util.function.Supplier;

/**
 * Knows tenants by their keys and by their certificates; whoever brings neither is a tenant by its
 * address, if such callers are let in. Thread-safe.
 */
public final class KeyRing implements Authenticator {

  private final Supplier<Ring> ring;

  public KeyRing(Live<CallersSettings> callers) {
    ring = callers.map(Ring::of);
  }

  @Override
  public Verdict identify(Caller caller) {
    return ring.get().identify(caller);
  }
}
