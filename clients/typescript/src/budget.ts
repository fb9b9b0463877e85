/** In tenths of a retry, so that sums are exact. */
const RETRY = 10;
const CALL = 1;
const CAPACITY = 10 * RETRY;

/**
 * How many retries there may be: one for every ten calls, and ten at once. A bucket of tokens that
 * starts full: each call adds a tenth of a retry. Without it, retries multiply the load on a server
 * that has too much of it already.
 */
export class RetryBudget {
  #tokens = CAPACITY;

  /** A call begins, for the first time. */
  called(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + CALL);
  }

  /** Takes one retry, if there is one left. */
  tryRetry(): boolean {
    if (this.#tokens < RETRY) {
      return false;
    }
    this.#tokens -= RETRY;
    return true;
  }
}
