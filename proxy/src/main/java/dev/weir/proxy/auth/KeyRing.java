package dev.weir.proxy.auth;

import dev.weir.proxy.path.Authenticator;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;

/** Takes the caller's address for the tenant. Thread-safe. */
public final class KeyRing implements Authenticator {

  @Override
  public Verdict identify(Caller caller) {
    Priority claimed = caller.claimed();
    Priority priority = (claimed == null ? Priority.DEFAULT : claimed).atMost(Priority.DEFAULT);
    return new Verdict.Known(new Identity(caller.address(), 1, priority));
  }
}
