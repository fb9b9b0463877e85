package dev.weir.proxy.resilience;

import dev.weir.proxy.config.BreakerSettings;
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
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;
  private final Ticker ticker;
  private final long openNanos;
  private final Refusal unwell;
  private volatile long probeAtNanos;

  public GuardedEngine(Computation engine, BreakerSettings settings, int permits, Ticker ticker) {
    this.engine = engine;
    this.ticker = ticker;
    this.openNanos = settings.openFor().toNanos();
    this.unwell = new Refusal(Reason.ENGINE_UNWELL, settings.openFor());
    this.breaker = CircuitBreaker.of("engine", configure(settings, ticker));
    this.bulkhead =
        Bulkhead.of(
            "engine",
            BulkheadConfig.custom()
                .maxConcurrentCalls(permits)
                .maxWaitDuration(Duration.ZERO)
                .build());
    breaker.getEventPublisher().onStateTransition(this::noteOpening);
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
    if (!breaker.tryAcquirePermission()) {
      throw new Refused(unwell);
    }
    if (!bulkhead.tryAcquirePermission()) {
      breaker.releasePermission();
      throw new Refused(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1)));
    }
    try {
      return watched(query, stop);
    } finally {
      bulkhead.onComplete();
    }
  }

  private RouteOutcome watched(RouteQuery query, StopSignal stop) throws Refused {
    long startedNanos = ticker.nanos();
    try {
      RouteOutcome outcome = engine.compute(query, stop);
      if (outcome instanceof RouteOutcome.Cancelled) {
        breaker.releasePermission();
      } else {
        breaker.onSuccess(ticker.nanos() - startedNanos, TimeUnit.NANOSECONDS);
      }
      return outcome;
    } catch (RuntimeException | Error fault) {
      breaker.onError(ticker.nanos() - startedNanos, TimeUnit.NANOSECONDS, fault);
      throw fault;
    }
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
    switch (position) {
      case CLOSED -> breaker.transitionToClosedState();
      case OPEN -> breaker.transitionToOpenState();
      case HALF_OPEN -> {
        if (breaker.getState() == CircuitBreaker.State.CLOSED) {
          breaker.transitionToOpenState();
        }
        breaker.transitionToHalfOpenState();
      }
      case FORCED_OPEN -> breaker.transitionToForcedOpenState();
    }
  }
}
