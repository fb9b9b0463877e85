package dev.weir.proxy.transport.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Says who may change something: whoever brings the token, or, without one, whoever is local. To
 * read, it is enough to be local.
 */
final class AdminGuard {

  private static final String SCHEME = "Bearer ";

  private final String token;
  private final boolean loopback;

  /**
   * @param loopback whether the connection came in over the machine's own network
   */
  AdminGuard(String token, boolean loopback) {
    this.token = token;
    this.loopback = loopback;
  }

  /** The status to refuse a look with, {@code null} if it is allowed. */
  @Nullable HttpResponseStatus refusalToRead(HttpHeaders headers) {
    return loopback ? null : refusal(headers);
  }

  /** The status to refuse a change with, {@code null} if it is allowed. */
  @Nullable HttpResponseStatus refusal(HttpHeaders headers) {
    if (token.isEmpty()) {
      // A page in the operator's browser reaches loopback too, but cannot help sending its origin.
      return loopback && !headers.contains(HttpHeaderNames.ORIGIN)
          ? null
          : HttpResponseStatus.FORBIDDEN;
    }
    String brought = headers.get(HttpHeaderNames.AUTHORIZATION);
    return brought != null
            && brought.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && same(brought.substring(SCHEME.length()).strip())
        ? null
        : HttpResponseStatus.UNAUTHORIZED;
  }

  /** In a time that says nothing about how much of it is right. */
  private boolean same(String brought) {
    return MessageDigest.isEqual(brought.getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
