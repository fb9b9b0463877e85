package dev.weir.chaos.load;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** One call of gRPC after the other. Everything happens on the event loop. */
final class GrpcLine implements Line {

  // As a header only, so that it is the server that keeps to it.
  private static final Metadata.Key<String> TIMEOUT =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

  // Whatever the server says against a call has these; what the client finds out itself has not.
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final Traffic traffic;
  private final ManagedChannel channel;
  private @Nullable Ask ask;
  private @Nullable ClientCall<byte[], byte[]> call;
  private @Nullable Hearing hearing;

  GrpcLine(Traffic traffic, ManagedChannel channel) {
    this.traffic = traffic;
    this.channel = channel;
  }

  @Override
  public void send(Ask next, long deadlineMillis) {
    ask = next;
    ClientCall<byte[], byte[]> begun = channel.newCall(RawCall.GET_ROUTE, CallOptions.DEFAULT);
    call = begun;
    Metadata head = new Metadata();
    head.put(TIMEOUT, deadlineMillis + "m");
    hearing = new Hearing(next);
    begun.start(hearing, head);
    begun.request(2); // one more than there may be, to hear of it
    begun.sendMessage(RawCall.bytes(next.question().target()));
    begun.halfClose();
  }

  @Override
  public @Nullable Ask ask() {
    return ask;
  }

  @Override
  public boolean usable() {
    return !channel.isShutdown();
  }

  @Override
  public void hangUp() {
    ask = null;
    hearing = null;
    traffic.lost(this);
    if (call != null) {
      call.cancel("hung up", null);
    }
  }

  /** Hears what becomes of one call. */
  private final class Hearing extends ClientCall.Listener<byte[]> {
    private final Ask asked;
    private boolean headed;
    private int messages;
    private boolean right;

    Hearing(Ask asked) {
      this.asked = asked;
    }

    @Override
    public void onHeaders(Metadata head) {
      headed = true;
    }

    @Override
    public void onMessage(byte[] message) {
      messages++;
      right = asked.question().answeredBy(RawCall.text(message));
      if (messages > 1) {
        traffic.surplus();
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (hearing != this) {
        return; // it was hung up
      }
      ask = null;
      hearing = null;
      traffic.free(GrpcLine.this);
      boolean byServer = trailers.containsKey(DETAILS);
      switch (status.getCode()) {
        case OK -> {
          if (messages == 0) {
            traffic.ended(asked, Fate.TRUNCATED);
          } else {
            traffic.answered(asked, 200, right);
          }
        }
        case RESOURCE_EXHAUSTED -> traffic.answered(asked, 429, false);
        // With the deadline the server gives a call up, whatever it has sent of it.
        case DEADLINE_EXCEEDED, CANCELLED -> traffic.answered(asked, 504, false);
        case UNAVAILABLE -> {
          if (byServer) {
            traffic.answered(asked, 503, false);
          } else {
            traffic.ended(asked, headed ? Fate.TRUNCATED : Fate.CUT);
          }
        }
        default -> traffic.answered(asked, 500, false);
      }
    }
  }
}
