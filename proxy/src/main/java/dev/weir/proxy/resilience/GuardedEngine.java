package dev.weir.proxy.resilience;

import dev.weir.proxy.config.BreakerSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.Computation;
import dev.weir.proxy.path.EngineHealth;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The engine behind a circuit breaker and a bulkhead. Thread-safe.
 *
 * <p>The breaker counts faults of the engine and calls that are far too slow; what a caller did
 * wrong is no fault, and a call that its caller gave up counts for nothing. The bulkhead is the
 * last wall: the dispatcher already keeps to the permits, so a refusal of the bulkhead means a
 * defect there, and the engine still sees no more than it can do.
 */
public final class GuardedEngine implements Computation, EngineHealth, BreakerSwitch {

  private final Computation engine;
  private final Bulkhead bulkhead;
  private final Ticker ticker;
  private volatile CircuitBreaker breaker;
  private volatile long openNanos;
  private volatile Refusal unwell;
  private volatile long probeAtNanos;

  public GuardedEngine(
      Computation engine, Live<BreakerSettings> settings, int permits, Ticker ticker) {
    this.engine = engine;
    this.ticker = ticker;
    this.bulkhead =
        Bulkhead.of(
            "engine",
            BulkheadConfig.custom()
                .maxConcurrentCalls(permits)
                .maxWaitDuration(Duration.ZERO)
                .build());
    BreakerSettings first = settings.get();
    this.openNanos = first.openFor().toNanos();
    this.unwell = new Refusal(Reason.ENGINE_UNWELL, first.openFor());
    this.breaker = CircuitBreaker.of("engine", configure(first, ticker));
    breaker.getEventPublisher().onStateTransition(this::noteOpening);
    settings.onChange(this::use);
  }

  /** Begins anew with other settings, but leaves what an operator forced open as it is. */
  private void use(BreakerSettings settings) {
    CircuitBreaker former = breaker;
    CircuitBreaker next = CircuitBreaker.of("engine", configure(settings, ticker));
    openNanos = settings.openFor().toNanos();
    unwell = new Refusal(Reason.ENGINE_UNWELL, settings.openFor());
    if (former.getState() == CircuitBreaker.State.FORCED_OPEN) {
      next.transitionToForcedOpenState();
    }
    next.getEventPublisher().onStateTransition(this::noteOpening);
    breaker = next;
  }

  private static CircuitBreakerConfig configure(BreakerSettings settings, Ticker ticker) {
    return CircuitBreakerConfig.custom()
        .failureRateThreshold(settings.failureRatePercent())
        .slowCallDurationThreshold(settings.slowCallDuration())
        .slowCallRateThreshold(settings.slowCallRatePercent())
        .slidingWindow(
            settings.window(),
            settings.minimumCalls(),
            CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .waitDurationInOpenState(settings.openFor())
        .permittedNumberOfCallsInHalfOpenState(settings.probes())
        .clock(new TickerClock(ticker))
        .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
        .writableStackTraceEnabled(false)
        .build();
  }

  private void noteOpening(CircuitBreakerOnStateTransitionEvent event) {
    if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
      // Resilience4j lets the first probe through strictly after the wait
      probeAtNanos = ticker.nanos() + openNanos + 1;
    }
  }

  @Override
  public RouteOutcome compute(RouteQuery query, StopSignal stop) throws Refused {
    CircuitBreaker guard = breaker;
    if (!guard.tryAcquirePermission()) {
      throw new Refused(unwell);
    }
    if (!bulkhead.tryAcquirePermission()) {
      guard.releasePermission();
      throw new Refused(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1)));
    }
    try {
      return watched(query, stop, guard);
    } finally {
      bulkhead.onComplete();
    }
  }

  private RouteOutcome watched(RouteQuery query, StopSignal stop, CircuitBreaker guard)
      throws Refused {
    long startedNanos = ticker.nanos();
    try {
      RouteOutcome outcome = engine.compute(query, stop);
      if (outcome instanceof RouteOutcome.Cancelled) {
        guard.releasePermission();
      } else {
        guard.onSuccess(ticker.nanos() - startedNanos, TimeUnit.NANOSECONDS);
      }
      return outcome;
    } catch (RuntimeException | Error fault) {
      guard.onError(ticker.nanos() - startedNanos, TimeUnit.NANOSECONDS, fault);
      throw fault;
    }
  }

  /**
   * A fault; and a probe that hangs would otherwise keep a half-open breaker waiting for ever. If
   * the computation returns after all, it counts once more.
   */
  @Override
  public void lost() {
    breaker.onError(0, TimeUnit.NANOSECONDS, new TimeoutException("the search hangs"));
  }

  @Override
  public @Nullable Refusal refusal() {
    return switch (breaker.getState()) {
      case FORCED_OPEN -> unwell;
      case OPEN -> ticker.nanos() - probeAtNanos < 0 ? unwell : null;
      case CLOSED, HALF_OPEN, DISABLED, METRICS_ONLY -> null;
    };
  }

  @Override
  public Position position() {
    return switch (breaker.getState()) {
      case OPEN -> Position.OPEN;
      case HALF_OPEN -> Position.HALF_OPEN;
      case FORCED_OPEN -> Position.FORCED_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY -> Position.CLOSED;
    };
  }

  @Override
  public void force(Position position) {
    CircuitBreaker now = breaker;
    switch (position) {
      case CLOSED -> now.transitionToClosedState();
      case OPEN -> now.transitionToOpenState();
      case HALF_OPEN -> {
        if (now.getState() == CircuitBreaker.State.CLOSED) {
          now.transitionToOpenState();
        }
        now.transitionToHalfOpenState();
      }
      case FORCED_OPEN -> now.transitionToForcedOpenState();
    }
  }
}
