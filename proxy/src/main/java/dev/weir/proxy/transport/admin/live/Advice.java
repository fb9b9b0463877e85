package dev.weir.proxy.transport.admin.live;

import dev.weir.proxy.path.Refusal.Reason;

/** What an operator who sees refusals has to look at, and what to turn. */
final class Advice {

  private Advice() {}

  static String cause(Reason reason) {
    return switch (reason) {
      case QUEUE_FULL,
          OVER_CAPACITY,
          OVER_SHARE,
          DEADLINE_UNREACHABLE,
          EXPIRED_IN_QUEUE,
          TOO_LATE,
          OVER_BUDGET ->
          "load";
      case KEY_REQUIRED, TOKEN_INVALID, TOO_MANY_FAILURES, TOKENS_UNVERIFIABLE -> "identity";
      case QUOTA_EXHAUSTED -> "quota";
      case ENGINE_UNWELL -> "engine";
      case SLOW_READERS -> "readers";
      case DRAINING -> "draining";
    };
  }

  /** Settings, and pages of the handbook, as it goes on after "Turn: ". */
  static String turn(Reason reason) {
    return switch (reason) {
      case KEY_REQUIRED ->
          "callers.tenants[].keys for who is to be served, else callers.require-key.";
      case TOKEN_INVALID ->
          "callers.tokens.issuer, callers.tokens.audience or callers.tokens.clock-skew, if the"
              + " tokens are good; see docs/security.md.";
      case TOO_MANY_FAILURES -> "callers.max-failures up, if many callers share that address.";
      case TOKENS_UNVERIFIABLE ->
          "callers.tokens.jwks, if the keys of the issuer are elsewhere; see docs/security.md.";
      case QUEUE_FULL ->
          "gate.max-queue-delay up, if it comes in bursts and callers are patient; else more"
              + " processors, see docs/capacity.md.";
      case OVER_CAPACITY ->
          "more processors, see docs/capacity.md; callers.tenants[].priority, if the wrong ones are"
              + " refused.";
      case DEADLINE_UNREACHABLE ->
          "longer deadlines of callers, or deadline.standard for who sends none; else gate.margin"
              + " down.";
      case EXPIRED_IN_QUEUE -> "gate.max-queue-delay down, so that they are refused sooner.";
      case TOO_LATE ->
          "deadline.standard up for who sends none; engine.max-visited-nodes down, if single"
              + " searches take seconds.";
      case OVER_SHARE -> "callers.tenants[].weight of who is refused, if it is to have more.";
      case QUOTA_EXHAUSTED ->
          "callers.tenants[].quota.units-per-second or callers.quota.units-per-second, if it is to"
              + " have more; see docs/configuration.md.";
      case OVER_BUDGET ->
          "gate.work-budget up, if such searches are meant; else engine.max-visited-nodes down.";
      case ENGINE_UNWELL ->
          "breaker.slow-call up, if slow searches are meant; else see the log and"
              + " docs/operating.md.";
      case SLOW_READERS ->
          "http.max-pending-answers up, if there is memory; http.read-timeout down.";
      case DRAINING -> "nothing: the server stops; see docs/operating.md.";
    };
  }
}
