package dev.weir.proxy.transport.grpc;

import com.google.rpc.Status;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.transport.Claim;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.contract.Statuses;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads off a call's metadata what it is called, who asks, and what is claimed for it. */
final class CallHead {

  private static final Metadata.Key<String> KEY = key("x-api-key");
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> PRIORITY = key("x-weir-priority");
  private static final Metadata.Key<String> USER = key("x-weir-user");
  private static final Metadata.Key<String> ACCEPT = key("x-weir-accept");
  private static final Metadata.Key<String> REQUEST_ID = key(Traces.REQUEST_ID);
  private static final Metadata.Key<String> TRACE_PARENT = key(Traces.TRACE_PARENT);
  private static final Metadata.Key<String> TRACE_STATE = key(Traces.TRACE_STATE);
  private static final Metadata.Key<String> TRACE_RESPONSE = key(Traces.TRACE_RESPONSE);

  private CallHead() {}

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  static Arrival arrival(ServerCall<?, ?> call, Metadata metadata, Shared shared) {
    return new Arrival(
        trace(metadata, shared.traces()), address(call.getAttributes()), shared.ticker().nanos());
  }

  static Trace trace(Metadata metadata, Traces traces) {
    Iterable<String> parents = metadata.getAll(TRACE_PARENT);
    String parent = null;
    if (parents != null) {
      Iterator<String> each = parents.iterator();
      parent = each.next();
      parent = each.hasNext() ? null : parent;
    }
    Iterable<String> state = parent == null ? null : metadata.getAll(TRACE_STATE);
    return traces.of(
        metadata.get(REQUEST_ID), parent, state == null ? null : String.join(",", state));
  }

  /** Tells the caller what its call is called. */
  static void name(Metadata trailers, Trace trace) {
    trailers.put(REQUEST_ID, trace.requestId());
    if (trace.sampled()) {
      trailers.put(TRACE_RESPONSE, trace.response());
    }
  }

  /**
   * @return {@code null} if the priority that is claimed is none
   */
  static @Nullable Caller caller(Metadata metadata, Arrival arrival, Attributes connection) {
    String claim = metadata.get(PRIORITY);
    Priority claimed = claim == null ? null : Claim.priority(claim);
    if (claim != null && claimed == null) {
      return null;
    }
    String key = metadata.get(KEY);
    return new Caller(
        arrival.address(),
        key == null ? Claim.bearer(metadata.get(AUTHORIZATION)) : key,
        claimed,
        Claim.user(metadata.get(USER)),
        Claim.estimateWelcome(metadata.get(ACCEPT)),
        connection.get(Security.SUBJECT));
  }

  /** Whether the highest priority is claimed. */
  static boolean claimsMost(@Nullable Caller caller) {
    return caller != null && caller.claimed() == Priority.CRITICAL;
  }

  /** What to tell whoever claims a priority that is none. */
  static Status badPriority() {
    return Statuses.malformed("x-weir-priority is one of critical, default, sheddable and batch.");
  }

  /** What to tell whoever sends what is no message. */
  static Status unreadable() {
    return Statuses.malformed("The message cannot be read.");
  }

  /** Of the peer. */
  private static String address(Attributes connection) {
    return connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress peer
            && peer.getAddress() != null
        ? peer.getAddress().getHostAddress()
        : "unknown";
  }
}
