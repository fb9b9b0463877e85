package dev.weir.proxy.path;

/** Step 3: whose is it? Thread-safe; never blocks; costs at most a microsecond. */
public interface Authenticator {

  /** The verdict on one caller. */
  Verdict identify(Caller caller);

  /** Who it is, or why it is nobody. */
  sealed interface Verdict {

    record Known(Identity identity) implements Verdict {}

    record Unknown(Refusal refusal) implements Verdict {}
  }
}
