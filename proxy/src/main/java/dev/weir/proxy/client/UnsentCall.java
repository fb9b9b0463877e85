package dev.weir.proxy.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call that ends as soon as it is started, without a word to the server. */
final class UnsentCall<Q, A> extends ClientCall<Q, A> {

  private final Executor executor;

  UnsentCall(CallOptions options) {
    Executor own = options.getExecutor();
    this.executor = own == null ? Runnable::run : own;
  }

  @Override
  public void start(Listener<A> listener, Metadata headers) {
    executor.execute(() -> listener.onClose(Manners.THROTTLED, new Metadata()));
  }

  @Override
  public void request(int messages) {}

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {}

  @Override
  public void halfClose() {}

  @Override
  public void sendMessage(Q message) {}
}
