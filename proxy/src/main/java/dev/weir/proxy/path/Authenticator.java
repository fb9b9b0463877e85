package dev.weir.proxy.path;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Step 3: whose is it? Thread-safe; never blocks; costs at most some microseconds. */
public interface Authenticator {

  /**
   * Looks at the token or key of a caller, if it has one, and counts one that proves nothing: to be
   * called once for each call, or ride, before anything else is asked about its caller.
   *
   * @param then hears the caller to go on with, exactly once and on another thread, if it takes
   *     longer than a look-up
   * @return the caller to go on with, or {@code null} if {@code then} is going to hear it
   */
  default @Nullable Caller recognize(Caller caller, Consumer<Caller> then) {
    return caller; // where nobody brings a token
  }

  /** The verdict on one caller. Counts nothing, so it may be asked again. */
  Verdict identify(Caller caller);

  /** Who it is, or why it is nobody. */
  sealed interface Verdict {

    record Known(Identity identity) implements Verdict {}

    record Unknown(Refusal refusal) implements Verdict {}
  }
}
