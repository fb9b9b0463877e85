package dev.weir.proxy.transport.grpc;

import io.grpc.ServerCall;
import java.util.function.Consumer;

/**
 * Catches what goes wrong on the thread of a connection, so that the call ends with a status and
 * one line in the log; left to itself, gRPC would end it with UNKNOWN.
 */
final class Recovery<Q> extends ServerCall.Listener<Q> {

  private final ServerCall.Listener<Q> call;
  private final Consumer<Throwable> failed;

  private Recovery(ServerCall.Listener<Q> call, Consumer<Throwable> failed) {
    this.call = call;
    this.failed = failed;
  }

  /**
   * @param begin what is done with the call's head
   * @param failed ends the call
   */
  static <Q> ServerCall.Listener<Q> around(
      ServerCall.Listener<Q> call, Runnable begin, Consumer<Throwable> failed) {
    attempt(begin, failed);
    return new Recovery<>(call, failed);
  }

  private void attempt(Runnable deed) {
    attempt(deed, failed);
  }

  /**
   * Does what is done on another thread.
   *
   * @param failed ends the call
   */
  static void attempt(Runnable deed, Consumer<Throwable> failed) {
    try {
      deed.run();
    } catch (RuntimeException | Error fault) {
      failed.accept(fault);
    }
  }

  @Override
  public void onMessage(Q message) {
    attempt(() -> call.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    attempt(call::onHalfClose);
  }

  @Override
  public void onReady() {
    attempt(call::onReady);
  }

  @Override
  public void onCancel() {
    attempt(call::onCancel);
  }

  @Override
  public void onComplete() {
    attempt(call::onComplete);
  }
}
