package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Priority;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** Reads off a request's head who asks, and what is claimed for it. */
final class Claims {

  private static final AsciiString KEY = AsciiString.cached("x-api-key");
  private static final AsciiString PRIORITY = AsciiString.cached("x-weir-priority");
  private static final AsciiString USER = AsciiString.cached("x-weir-user");
  private static final AsciiString ACCEPT = AsciiString.cached("x-weir-accept");
  private static final String BEARER = "Bearer ";
  private static final Priority[] PRIORITIES = Priority.values();

  /** Longer names are cut; nothing but their hash is ever used. */
  private static final int LONGEST_USER = 128;

  private Claims() {}

  /**
   * @param unnamed the caller of whom nothing else is known
   * @return {@code null} if the priority that is claimed is none
   */
  static @Nullable Caller of(HttpHeaders headers, RequestHead head, Caller unnamed) {
    String claim = headers.get(PRIORITY);
    Priority claimed = claim == null ? null : priority(claim);
    if (claim != null && claimed == null) {
      return null;
    }
    String credential = credential(headers, head);
    String user = headers.get(USER);
    // There are no estimates in GPX.
    boolean estimate = !head.gpx() && "estimate".equalsIgnoreCase(headers.get(ACCEPT));
    if (claimed == null && credential == null && user == null && !estimate) {
      return unnamed;
    }
    return new Caller(unnamed.address(), credential, claimed, bounded(user), estimate);
  }

  private static @Nullable Priority priority(String word) {
    for (Priority priority : PRIORITIES) {
      if (priority.name().equalsIgnoreCase(word)) {
        return priority;
      }
    }
    return null;
  }

  /**
   * The official clients of GraphHopper always send the parameter, with nothing in it if need be.
   */
  private static @Nullable String credential(HttpHeaders headers, RequestHead head) {
    String header = headers.get(KEY);
    if (header != null) {
      return header;
    }
    String bearer = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (bearer != null && bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return bearer.substring(BEARER.length()).strip();
    }
    String parameter = QueryString.first(head.query(), "key");
    return parameter == null || parameter.isEmpty() ? null : QueryString.decode(parameter, false);
  }

  private static @Nullable String bounded(@Nullable String user) {
    return user == null || user.length() <= LONGEST_USER ? user : user.substring(0, LONGEST_USER);
  }
}
