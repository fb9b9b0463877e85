package dev.weir.proxy.transport.tls;

import org.jspecify.annotations.Nullable;

/**
 * The credentials in use, and those before them: a handshake asks for certificate and key one after
 * the other, and gets a pair even if they are swapped in between. Thread-safe.
 */
final class CurrentCredentials {

  private volatile Turn turn;

  CurrentCredentials(Credentials first) {
    turn = new Turn("1", first, null);
  }

  /**
   * @param alias what handshakes know them by
   */
  private record Turn(String alias, Credentials credentials, @Nullable Turn before) {}

  Credentials get() {
    return turn.credentials();
  }

  String alias() {
    return turn.alias();
  }

  /** Those of that alias, if they were in use lately. */
  @Nullable Credentials named(String alias) {
    Turn now = turn;
    if (now.alias().equals(alias)) {
      return now.credentials();
    }
    Turn before = now.before();
    return before != null && before.alias().equals(alias) ? before.credentials() : null;
  }

  /** To be called by one thread at a time. */
  void set(Credentials next) {
    Turn now = turn;
    Turn before = new Turn(now.alias(), now.credentials(), null);
    turn = new Turn(String.valueOf(Long.parseLong(now.alias()) + 1), next, before);
  }
}
