package dev.weir.proxy.path;

/** Where the reply to one call goes. Thread-safe. */
public interface ReplySink {

  /**
   * Sends the reply; of several only the first counts. May be called from any thread; encoding runs
   * on the calling one, so a worker pays for its own answer.
   */
  void reply(Reply reply);

  /** Is told, at most once and before the reply, where the time of an admitted call went. */
  default void spent(Spent spent) {}

  /** Whether the caller has gone away. Once true it stays true. */
  boolean abandoned();
}
