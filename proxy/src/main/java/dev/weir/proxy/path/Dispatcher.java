package dev.weir.proxy.path;

/** Step 6: brings admitted calls to workers in a good order. Thread-safe; never blocks. */
public interface Dispatcher {

  /** Takes the task over: exactly one of {@link Task#run} and {@link Task#shed} follows, once. */
  void submit(Task task);

  /** An admitted call that waits for a worker. */
  interface Task {

    /** Tells its rank; its deadline may have become a sooner one since. */
    Profile profile();

    Deadline deadline();

    /** Whether nobody waits for it any more; the queue sheds such tasks when it meets them. */
    boolean abandoned();

    /** Computes and replies, on a worker. Does not throw. */
    void run();

    /**
     * Ends it while {@link #run} still does not, on another thread; what that comes to in the end
     * counts for nothing. Does not throw. Calls that always end need not care.
     */
    default void cutOff() {}

    /** Ends it without computing. Does not throw; costs little. */
    void shed(Refusal.Reason reason);
  }
}
