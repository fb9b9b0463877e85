package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.contract.Rules;
import org.jspecify.annotations.Nullable;

/** What all calls of a server have in common. Thread-safe. */
record Shared(
    Application application,
    Rules rules,
    TimeLimit timeLimit,
    Trailers trailers,
    LoadTrailers load,
    HeldBytes held,
    TransportObserver observer,
    Traces traces,
    AfterReading afterReading,
    Ticker ticker) {

  /** Whose a call is, {@code null} if that is not known. */
  @Nullable Identity identity(@Nullable Caller caller) {
    return caller != null && application.identify(caller) instanceof Verdict.Known(Identity known)
        ? known
        : null;
  }
}
