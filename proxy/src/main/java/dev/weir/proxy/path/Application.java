package dev.weir.proxy.path;

import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.routing.RequestKind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one door of the data plane. Thread-safe; no method blocks, all are meant for event loops. */
public interface Application {

  /**
   * Looks at the token or key of a caller, if it has one. To be called first, and once for each
   * call, or ride.
   *
   * @param then hears the caller to go on with, exactly once and on another thread, if it takes
   *     longer than a look-up
   * @return the caller to go on with, or {@code null} if {@code then} is going to hear it
   */
  @Nullable Caller recognize(Caller caller, Consumer<Caller> then);

  /**
   * Says whether a call that arrives now would be refused whatever is in it, so that a transport
   * need not read its body or parameters. Reserves nothing.
   *
   * @param remainingNanos time until the call's deadline as far as its head tells
   * @return the refusal, or {@code null} if it is worth reading on
   */
  @Nullable Refusal screen(RequestKind kind, Caller caller, long remainingNanos);

  /** Whose a call is. */
  Verdict identify(Caller caller);

  /** What whoever asks has left of its quota; {@code null} if it is nobody, or has none. */
  @Nullable Standing standing(Caller caller);

  /** Takes the call. {@code sink} hears exactly one reply, at once or later, from any thread. */
  void serve(Call call, ReplySink sink);
}
