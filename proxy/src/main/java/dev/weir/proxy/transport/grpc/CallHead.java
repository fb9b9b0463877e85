package dev.weir.proxy.transport.grpc;

import com.google.rpc.Status;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.transport.Claim;
import dev.weir.proxy.transport.contract.Statuses;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Reads off a call's metadata who asks, and what is claimed for it. */
final class CallHead {

  private static final Metadata.Key<String> KEY = key("x-api-key");
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> PRIORITY = key("x-weir-priority");
  private static final Metadata.Key<String> USER = key("x-weir-user");
  private static final Metadata.Key<String> ACCEPT = key("x-weir-accept");

  private CallHead() {}

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /**
   * @param subject name in the certificate of the connection, {@code null} if it has none
   * @return {@code null} if the priority that is claimed is none
   */
  static @Nullable Caller caller(Metadata metadata, String address, @Nullable String subject) {
    String claim = metadata.get(PRIORITY);
    Priority claimed = claim == null ? null : Claim.priority(claim);
    if (claim != null && claimed == null) {
      return null;
    }
    String key = metadata.get(KEY);
    return new Caller(
        address,
        key == null ? Claim.bearer(metadata.get(AUTHORIZATION)) : key,
        claimed,
        Claim.user(metadata.get(USER)),
        Claim.estimateWelcome(metadata.get(ACCEPT)),
        subject);
  }

  /** What to tell whoever claims a priority that is none. */
  static Status badPriority() {
    return Statuses.malformed("x-weir-priority is one of critical, default, sheddable and batch.");
  }

  /** Of the peer. */
  static String address(Attributes connection) {
    return connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress peer
            && peer.getAddress() != null
        ? peer.getAddress().getHostAddress()
        : "unknown";
  }
}
