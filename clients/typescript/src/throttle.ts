const WINDOW_MS = 120_000;
const SLOTS = 24;
const SLOT_MS = WINDOW_MS / SLOTS;

/** Calls are let through up to this many times as often as the server accepts them. */
const K = 2;

/**
 * Stands in the formula where the book has 1: a client that asks seldom would otherwise fall silent
 * after its first refusal. The value of gRPC's own adaptive throttler, that of route look-ups.
 */
const PADDING = 8;

interface Slot {
  requests: number;
  accepts: number;
}

/**
 * Adaptive throttling on the side of the client [1]: a server that refuses most calls still spends
 * time on each, so the client refuses some of them by itself. Over the last two minutes it counts
 * requests and how many of them were accepted, and refuses with the probability
 * max(0, (requests - K * accepts) / (requests + 8)). Those it refused itself are requests, too.
 *
 * [1] Site Reliability Engineering, O'Reilly 2016, chapter 21, "Handling Overload".
 */
export class AdaptiveThrottle {
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => ({ requests: 0, accepts: 0 }));
  #newest: number;

  /**
   * @param now milliseconds that never go back
   * @param random a number from 0 to below 1
   */
  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.#random = random;
    this.#newest = Math.floor(now() / SLOT_MS);
  }

  /** How likely the next call is refused here, 0 to below 1. */
  probability(): number {
    this.#forget();
    let requests = 0;
    let accepts = 0;
    for (const slot of this.#slots) {
      requests += slot.requests;
      accepts += slot.accepts;
    }
    return Math.max(0, (requests - K * accepts) / (requests + PADDING));
  }

  /** Whether the next call is refused here. If so, it is counted already. */
  refuses(): boolean {
    const refused = this.#random() < this.probability();
    if (refused) {
      this.#current().requests++;
    }
    return refused;
  }

  /** A call came back from the server. */
  settled(accepted: boolean): void {
    this.#forget();
    const slot = this.#current();
    slot.requests++;
    if (accepted) {
      slot.accepts++;
    }
  }

  #current(): Slot {
    return this.#slots[this.#newest % SLOTS] as Slot;
  }

  /** Empties the slots that the time has passed since the last look. */
  #forget(): void {
    const newest = Math.floor(this.#now() / SLOT_MS);
    const passed = Math.min(newest - this.#newest, SLOTS);
    for (let i = 0; i < passed; i++) {
      this.#slots[(newest - i) % SLOTS] = { requests: 0, accepts: 0 };
    }
    this.#newest = newest;
  }
}
