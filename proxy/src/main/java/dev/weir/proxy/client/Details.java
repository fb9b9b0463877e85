package dev.weir.proxy.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/** What the server says of a call that failed, as {@code google.rpc.Status} in the trailers. */
final class Details {

  private static final Metadata.Key<byte[]> STATUS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private Details() {}

  /** The first of this type, {@code null} if there is none or it cannot be read. */
  static <T extends Message> @Nullable T of(Metadata trailers, Class<T> type) {
    byte[] status = trailers.get(STATUS);
    if (status == null) {
      return null;
    }
    try {
      for (Any detail : Status.parseFrom(status).getDetailsList()) {
        if (detail.is(type)) {
          return detail.unpack(type);
        }
      }
    } catch (InvalidProtocolBufferException notAStatus) {
      return null;
    }
    return null;
  }

  /** Whether the server was so busy that the deadline passed before it began. */
  static boolean expiredInQueue(Metadata trailers) {
    ErrorInfo info = of(trailers, ErrorInfo.class);
    return info != null && info.getReason().equals("EXPIRED_IN_QUEUE");
  }
}
