package dev.weir.proxy.path;

/** Hears what becomes of tokens and of the keys they are verified by. Thread-safe. */
public interface TokenObserver {

  /** What a token that was looked at turned out to be. */
  enum Finding {
    /** Signed by a known key, for this server, and valid now. */
    VERIFIED,
    /** No token, or signed in a way that is not accepted. */
    MALFORMED,
    /** Of another issuer, or for another audience. */
    FOREIGN,
    /** Expired, or not valid yet. */
    UNTIMELY,
    /** Signed by a key that the issuer does not name. */
    UNKNOWN_KEY,
    /** Not signed by the key that it names. */
    FORGED
  }

  /** A token was looked at. */
  void tokenFound(Finding what);

  /** The keys of the issuer could not be had, or cannot be used; the former ones stay in use. */
  void keysRefused();
}
