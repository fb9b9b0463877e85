import type { DescMessage } from "@bufbuild/protobuf";
import { Code, ConnectError, type StreamResponse, type Transport } from "@connectrpc/connect";
import { RetryBudget } from "./budget.js";
import type { Clock } from "./clock.js";
import { expiredInQueue, isRefusal, toldMs, waitMs } from "./retry.js";
import { AdaptiveThrottle } from "./throttle.js";

/** Which calls the server keeps when it cannot serve all. */
export type Priority = "critical" | "default" | "sheddable" | "batch";

export const PRIORITIES: readonly Priority[] = ["critical", "default", "sheddable", "batch"];

/** What goes with every call, unless the call says otherwise. */
export interface CallDefaults {
  /** Identifies the caller, as the header X-API-Key. */
  readonly apiKey?: string;
  /** Identifies the caller, as a bearer token, if there is no key. */
  readonly token?: string;
  /** Without it the server decides. */
  readonly priority?: Priority;
  /** On whose behalf the call is made: the server shares fairly between users. */
  readonly user?: string;
  /** Rather an estimate from straight lines than a refusal. */
  readonly acceptEstimate?: boolean;
  /**
   * How long an answer is waited for, retries included; 10 seconds if not said. Streams in both
   * directions have no end unless the call sets `timeoutMs`.
   */
  readonly deadlineMs?: number;
}

export const USUAL_DEADLINE_MS = 10_000;

/** What all views of one client share: they talk to the same server. */
export class Shared {
  readonly clock: Clock;
  readonly random: () => number;
  readonly maxAttempts: number;
  readonly budget = new RetryBudget();
  readonly #throttles = new Map<string, AdaptiveThrottle>();

  constructor(clock: Clock, random: () => number, maxAttempts: number) {
    this.clock = clock;
    this.random = random;
    this.maxAttempts = maxAttempts;
  }

  /** Each priority has its own: that the server refuses one says little of the others. */
  throttle(priority: string | null): AdaptiveThrottle {
    const key = PRIORITIES.find((known) => known === priority) ?? "";
    let throttle = this.#throttles.get(key);
    if (throttle === undefined) {
      throttle = new AdaptiveThrottle(() => this.clock.now(), this.random);
      this.#throttles.set(key, throttle);
    }
    return throttle;
  }
}

/** Wraps a transport, whatever its protocol, so that it keeps within deadline, throttle, budget. */
export function considerate(inner: Transport, shared: Shared, defaults: CallDefaults): Transport {
  const { clock } = shared;
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const headers = withDefaults(header, defaults);
      const throttle = shared.throttle(headers.get("x-weir-priority"));
      const deadline = clock.now() + (timeoutMs ?? defaults.deadlineMs ?? USUAL_DEADLINE_MS);
      shared.budget.called();
      let last: ConnectError | undefined;
      for (let attempt = 1; ; attempt++) {
        if (throttle.refuses()) {
          throw last ?? throttled();
        }
        const left = leftMs(deadline, clock);
        try {
          const response = await inner.unary(method, signal, left, headers, input, contextValues);
          throttle.settled(true);
          return response;
        } catch (reason) {
          last = ConnectError.from(reason);
          settle(throttle, last);
        }
        await untilRetry(last, attempt, deadline, shared, signal);
      }
    },

    /**
     * A stream is not begun again: what it brought so far would come twice. One in both directions
     * goes on until somebody ends it, unless the call says otherwise.
     */
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      const headers = withDefaults(header, defaults);
      const throttle = shared.throttle(headers.get("x-weir-priority"));
      const usual = defaults.deadlineMs ?? USUAL_DEADLINE_MS;
      const limit = timeoutMs ?? (method.methodKind === "server_streaming" ? usual : undefined);
      if (throttle.refuses()) {
        throw throttled();
      }
      try {
        const stream = await inner.stream(method, signal, limit, headers, input, contextValues);
        return watched(stream, throttle);
      } catch (reason) {
        const error = ConnectError.from(reason);
        settle(throttle, error);
        throw error;
      }
    },
  };
}

/** Transports take no time at all for no limit, hence the error. */
function leftMs(deadline: number, clock: Clock): number {
  const left = Math.ceil(deadline - clock.now());
  if (left <= 0) {
    throw new ConnectError("the deadline has passed", Code.DeadlineExceeded);
  }
  return left;
}

function throttled(): ConnectError {
  return new ConnectError(
    "not sent: the server refused most of the calls of the last two minutes",
    Code.Unavailable,
  );
}

/**
 * What the caller gave up on, by signal or deadline, says nothing of the server; but a server in
 * whose queue the deadline passed has too much to do.
 */
function settle(throttle: AdaptiveThrottle, error: ConnectError): void {
  if (expiredInQueue(error)) {
    throttle.settled(false);
  } else if (error.code !== Code.Canceled && error.code !== Code.DeadlineExceeded) {
    throttle.settled(!isRefusal(error));
  }
}

/** Waits until the call may be made again; throws its error if that is not to be. */
async function untilRetry(
  error: ConnectError,
  attempt: number,
  deadline: number,
  shared: Shared,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!isRefusal(error) || attempt >= shared.maxAttempts) {
    throw error;
  }
  const { clock } = shared;
  const wait = waitMs(toldMs(error, clock.date()), attempt, shared.random());
  const until = clock.now() + wait;
  // To wait for an answer that would come too late helps nobody.
  if (until >= deadline || !shared.budget.tryRetry()) {
    throw error;
  }
  try {
    // Timers may be early by a fraction of a millisecond.
    for (let early = wait; early > 0; early = until - clock.now()) {
      await clock.sleep(early, signal);
    }
  } catch (reason) {
    throw ConnectError.from(reason, Code.Canceled);
  }
}

function watched<I extends DescMessage, O extends DescMessage>(
  stream: StreamResponse<I, O>,
  throttle: AdaptiveThrottle,
): StreamResponse<I, O> {
  async function* messages() {
    let answered = false;
    try {
      for await (const message of stream.message) {
        if (!answered) {
          answered = true;
          throttle.settled(true);
        }
        yield message;
      }
    } catch (reason) {
      const error = ConnectError.from(reason);
      if (!answered) {
        settle(throttle, error);
      }
      throw error;
    }
  }
  return { ...stream, message: messages() };
}

function withDefaults(header: HeadersInit | undefined, defaults: CallDefaults): Headers {
  const headers = new Headers(header);
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !headers.has(name)) {
      headers.set(name, value);
    }
  };
  add("x-api-key", defaults.apiKey);
  add("authorization", defaults.token === undefined ? undefined : `Bearer ${defaults.token}`);
  add("x-weir-priority", defaults.priority);
  add("x-weir-user", defaults.user);
  add("x-weir-accept", defaults.acceptEstimate === true ? "estimate" : undefined);
  return headers;
}
