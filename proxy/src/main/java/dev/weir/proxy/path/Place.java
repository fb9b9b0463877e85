package dev.weir.proxy.path;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One call's place in the house, owned by the call and lent to the {@link Gate}, so that admission
 * makes no objects. Thread-safe.
 */
public final class Place {

  /** Where the call is. */
  public enum Stage {
    OUTSIDE,
    WAITING,
    /** Between the two: a worker has it, and the gate has not yet counted it as running. */
    STARTING,
    RUNNING
  }

  private static final VarHandle STAGE;
  private static final long NOT_CHARGED = Long.MIN_VALUE;

  static {
    try {
      STAGE = MethodHandles.lookup().findVarHandle(Place.class, "stage", Stage.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Profile profile;
  private final boolean asked;
  private volatile Stage stage = Stage.OUTSIDE;

  /** Slot and start of the run, written by the gate before it says RUNNING. */
  private int slot = -1;

  /** Of whoever computes the call and then settles it. */
  private long workedNanos = -1;

  /** Written by the quota before the call is admitted. */
  private long chargedDay = NOT_CHARGED;

  /** For what was asked for. */
  public Place(Profile profile) {
    this(profile, true);
  }

  /**
   * @param asked whether this is what was asked for, and not what was made of it since there was no
   *     room for that: a call counts once in what is asked for
   */
  public Place(Profile profile, boolean asked) {
    this.profile = profile;
    this.asked = asked;
  }

  public boolean asked() {
    return asked;
  }

  public Profile profile() {
    return profile;
  }

  public Stage stage() {
    return stage;
  }

  /** For gates: changes the stage if it still is the expected one. */
  public boolean move(Stage from, Stage to) {
    return STAGE.compareAndSet(this, from, to);
  }

  /** What computing it took of a processor; for whoever is going to settle it. */
  public void worked(long nanos) {
    workedNanos = nanos;
  }

  /** Negative if nobody can tell. */
  public long workedNanos() {
    return workedNanos;
  }

  /** For quotas: the tenant was charged the estimated cost on that day. */
  public void charged(long day) {
    chargedDay = day;
  }

  /** Whether the tenant was charged. */
  public boolean isCharged() {
    return chargedDay != NOT_CHARGED;
  }

  /** For quotas: what they said in {@link #charged}. */
  public long chargedDay() {
    return chargedDay;
  }

  /** For gates: a number of theirs. */
  public int slot() {
    return slot;
  }

  /** For gates, before the move that makes it visible. */
  public void slot(int number) {
    slot = number;
  }
}
