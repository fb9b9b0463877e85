package dev.weir.proxy.transport.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says who may change something: whoever brings the token, or, without one, whoever is local. To
 * read, it is enough to be local. Pages of other origins in an operator's browser, which reaches
 * loopback too, change nothing.
 */
final class AdminGuard {

  private static final String SCHEME = "Bearer ";

  /** Names that lead to this machine whoever answers for the domain names of the world. */
  private static final Pattern LOCAL =
      Pattern.compile("(?:(?:.+\\.)?localhost|[0-9.]+|\\[[0-9a-f:.]+])(?::\\d+)?");

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
    return local(headers) ? null : refusal(headers);
  }

  /** The status to refuse a change with, {@code null} if it is allowed. */
  @Nullable HttpResponseStatus refusal(HttpHeaders headers) {
    if (foreign(headers)) {
      return HttpResponseStatus.FORBIDDEN;
    }
    if (token.isEmpty()) {
      return local(headers) ? null : HttpResponseStatus.FORBIDDEN;
    }
    String brought = headers.get(HttpHeaderNames.AUTHORIZATION);
    return brought != null
            && brought.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && same(brought.substring(SCHEME.length()).strip())
        ? null
        : HttpResponseStatus.UNAUTHORIZED;
  }

  /**
   * Whether it comes from this machine, and not by way of a page whose host has taken the address
   * of this one: such a page sends its own name.
   */
  private boolean local(HttpHeaders headers) {
    String host = headers.get(HttpHeaderNames.HOST);
    return loopback && (host == null || LOCAL.matcher(host).matches());
  }

  /** Whether a page of another server has sent it. */
  private static boolean foreign(HttpHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    String host = headers.get(HttpHeaderNames.HOST);
    boolean other =
        origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
    String site = headers.get("sec-fetch-site", "same-origin"); // of pictures, too
    return other || site.equals("cross-site") || site.equals("same-site");
  }

  /** In a time that says nothing about how much of it is right. */
  private boolean same(String brought) {
    return MessageDigest.isEqual(brought.getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
