package dev.weir.proxy.quota;

/**
 * What one tenant has spent, in nanoseconds of one processor: a bucket that leaks at the rate of
 * its quota and holds the burst, and a sum for the day. It is guarded by the lock of its {@link
 * Shelf}.
 *
 * <p>The bucket holds what is owed and not when it will be empty, so it goes on to mean the same
 * when the rate is changed.
 */
final class Account {

  private static final long MOST_NANOS = Long.MAX_VALUE / 2;

  /** Nothing has to be waited for. */
  static final long NOW = 0;

  /** Nothing fits before the day is over. */
  static final long TOMORROW = Long.MAX_VALUE;

  /** Costs are whole nanoseconds: less than that is the error of the sum. */
  private static final double NOTHING = 0.5;

  private String tenant;
  private double owedNanos;
  private long atNanos;
  private long day;
  private long spentNanos;

  /**
   * @param today days since 1970, as everywhere here
   */
  Account(String tenant, long nowNanos, long today) {
    this.tenant = tenant;
    this.atNanos = nowNanos;
    this.day = today;
  }

  String tenant() {
    return tenant;
  }

  double owedNanos() {
    return owedNanos;
  }

  /** Spent on the day of the last {@link #advance}. */
  long spentNanos() {
    return spentNanos;
  }

  /** Spent on that day, as far as is known. */
  long spentNanos(long today) {
    return day == today ? spentNanos : 0;
  }

  /** Lets the time pass. To be called before anything is asked. */
  void advance(Limits limits, long nowNanos, long today) {
    long passedNanos = Math.max(0, nowNanos - atNanos);
    owedNanos = limits.bySecond() ? Math.max(0, owedNanos - passedNanos * limits.rate()) : 0;
    atNanos = nowNanos;
    // A clock that is set back over midnight by a little does not give the day back.
    if (today > day || today < day - 1) {
      day = today;
      spentNanos = 0;
    }
  }

  /**
   * How long until a call of that cost is within the quota. A call that costs more than the burst
   * is so when nothing is owed: if it were refused for good, what it costs would never be learned.
   *
   * @return nanoseconds, {@link #NOW} or {@link #TOMORROW}
   */
  long waitNanos(Limits limits, long costNanos) {
    if (limits.byDay() && costNanos > limits.dayNanos() - spentNanos) {
      return TOMORROW;
    }
    double over = owedNanos + Math.min(costNanos, limits.burstNanos()) - limits.burstNanos();
    return limits.bySecond() && owedNanos > NOTHING && over > NOTHING
        ? Math.max(1, (long) Math.ceil(over / limits.rate()))
        : NOW;
  }

  void charge(long costNanos) {
    owedNanos += costNanos;
    spentNanos += costNanos;
  }

  /**
   * A call has cost more, or less, than it was charged.
   *
   * @param charged the day on which that was
   */
  void correct(long differenceNanos, long charged) {
    owedNanos = Math.max(0, owedNanos + differenceNanos);
    if (charged == day) {
      spentNanos = Math.max(0, spentNanos + differenceNanos);
    }
  }

  /** Owes no less than another. */
  void owesLike(Account other) {
    owedNanos = Math.max(owedNanos, other.owedNanos);
  }

  /** From now on it is the account of somebody else, who takes over what is spent. */
  void handTo(String another) {
    tenant = another;
  }

  /**
   * So much was spent before on the day that it was opened; a number that no day can hold is one
   * that the sums to come do not overflow from.
   */
  void restore(long nanos) {
    spentNanos = Math.max(spentNanos, Math.min(nanos, MOST_NANOS));
  }
}
