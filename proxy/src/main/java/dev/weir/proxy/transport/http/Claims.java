package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.transport.Claim;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.Traces;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads off a request's head who asks, and what is claimed for it. */
final class Claims {

  private static final AsciiString KEY = AsciiString.cached("x-api-key");
  private static final AsciiString PRIORITY = AsciiString.cached("x-weir-priority");
  private static final AsciiString USER = AsciiString.cached("x-weir-user");
  private static final AsciiString CONNECT_TIMEOUT = AsciiString.cached("connect-timeout-ms");
  private static final AsciiString REQUEST_ID = AsciiString.cached(Traces.REQUEST_ID);
  private static final AsciiString TRACE_PARENT = AsciiString.cached(Traces.TRACE_PARENT);
  private static final AsciiString TRACE_STATE = AsciiString.cached(Traces.TRACE_STATE);
  private static final AsciiString ACCEPT = AsciiString.cached("x-weir-accept");

  private Claims() {}

  /** What the request is called. */
  static Trace trace(HttpHeaders headers, Traces traces) {
    String parent = headers.get(TRACE_PARENT);
    boolean several = parent != null && headers.getAll(TRACE_PARENT).size() > 1;
    List<String> state = parent == null ? List.of() : headers.getAll(TRACE_STATE);
    return traces.of(
        headers.get(REQUEST_ID),
        several ? null : parent,
        state.isEmpty() ? null : String.join(",", state));
  }

  /**
   * @param unnamed the caller of whom nothing else is known
   * @return {@code null} if the priority that is claimed is none
   */
  static @Nullable Caller of(HttpHeaders headers, RequestHead head, Caller unnamed) {
    String claim = headers.get(PRIORITY);
    Priority claimed = claim == null ? null : Claim.priority(claim);
    if (claim != null && claimed == null) {
      return null;
    }
    String credential = credential(headers, head);
    String user = headers.get(USER);
    // There are no estimates in GPX.
    boolean estimate = !head.gpx() && Claim.estimateWelcome(headers.get(ACCEPT));
    if (claimed == null && credential == null && user == null && !estimate) {
      return unnamed;
    }
    return new Caller(
        unnamed.address(), credential, claimed, Claim.user(user), estimate, unnamed.subject());
  }

  /**
   * How long the caller waits, in its own words. By Connect it may say so in either header, and its
   * protocol's own goes first.
   *
   * @return {@code null} if it does not say
   */
  static @Nullable String timeout(HttpHeaders headers, RequestHead head) {
    String connect = head.endpoint() == Endpoint.CONNECT ? headers.get(CONNECT_TIMEOUT) : null;
    return connect == null ? headers.get(TimeLimit.HEADER) : connect;
  }

  /**
   * The official clients of GraphHopper always send the parameter, with nothing in it if need be.
   */
  private static @Nullable String credential(HttpHeaders headers, RequestHead head) {
    String header = headers.get(KEY);
    if (header != null) {
      return header;
    }
    String bearer = Claim.bearer(headers.get(HttpHeaderNames.AUTHORIZATION));
    if (bearer != null) {
      return bearer;
    }
    String parameter = QueryString.first(head.query(), "key");
    return parameter == null || parameter.isEmpty() ? null : QueryString.decode(parameter, false);
  }
}
