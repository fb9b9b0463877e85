package dev.weir.proxy.path;

/** What the gate expects of calls that wait and run. Thread-safe; costs nanoseconds. */
public interface Outlook {

  /**
   * How long a call of this rank would wait from now on for what goes before it, as of the last
   * tick.
   */
  long waitNanos(Profile profile);

  /**
   * Whether there is no room for a call that waits, as what is asked for is now, although there was
   * when it came: so a burst that came before anybody knew is not waited for.
   */
  boolean surplus(Profile profile);

  /** Whether the call, with its rank, counts among the large ones that have a reserve. */
  boolean large(Profile profile);

  /**
   * Time that the call is expected to run on the machine as it is now, with the critical calls that
   * run beside it.
   */
  long runNanos(Profile profile);
}
