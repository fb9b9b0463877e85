package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.contract.Rules;

/** What all calls of a server have in common. Thread-safe. */
record Shared(
    Application application,
    Rules rules,
    TimeLimit timeLimit,
    Trailers trailers,
    LoadTrailers load,
    HeldBytes held,
    TransportObserver observer,
    Ticker ticker) {}
