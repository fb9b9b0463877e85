package dev.weir.proxy.transport.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.CONFLICT;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;

import dev.weir.proxy.transport.admin.profile.Profiler;
import dev.weir.proxy.transport.admin.profile.Profiler.Made;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /profile/jfr?seconds=N}, {@code GET /profile/threads} and {@code GET /profile/heap}:
 * what goes on inside. They tell more than metrics and cost more, so they take the token as changes
 * do. Used on the admin port's thread, which does none of the work.
 */
record Profiles(Profiler profiler, AdminGuard guard) {

  static final String PREFIX = "/profile/";

  private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
  private static final int STANDARD_SECONDS = 10;

  /** Either a page that says why not, or what is being made. */
  sealed interface Answer {
    record Now(Page page) implements Answer {}

    record Later(String type, String name, CompletableFuture<Made> made) implements Answer {}
  }

  Answer answer(FullHttpRequest request, String path) {
    String what = path.substring(PREFIX.length());
    HttpMethod method =
        switch (what) {
          case "jfr" -> HttpMethod.POST;
          case "threads", "heap" -> HttpMethod.GET;
          default -> null;
        };
    if (method == null) {
      return now(NOT_FOUND);
    }
    if (!request.method().equals(method)) {
      return now(METHOD_NOT_ALLOWED);
    }
    HttpResponseStatus refusal = guard.refusal(request.headers());
    if (refusal != null) {
      return now(refusal);
    }
    try {
      return begin(what, Queries.of(request));
    } catch (IllegalArgumentException e) {
      return new Answer.Now(Page.of(BAD_REQUEST, String.valueOf(e.getMessage())));
    }
  }

  private static Answer now(HttpResponseStatus status) {
    return new Answer.Now(Page.of(status));
  }

  private Answer begin(String what, Map<String, String> wishes) {
    CompletableFuture<Made> made =
        switch (what) {
          case "jfr" -> profiler.record(seconds(wishes.get("seconds")));
          case "threads" -> profiler.threads();
          default -> profiler.heap("true".equals(wishes.get("reachable")));
        };
    if (made == null) {
      return new Answer.Now(Page.of(CONFLICT, "another one is being made; try again when it is"));
    }
    LOG.info("an operator asked for /profile/{}", what);
    return what.equals("jfr")
        ? new Answer.Later("application/octet-stream", "weir.jfr", made)
        : new Answer.Later(Page.TEXT, what + ".txt", made);
  }

  /**
   * @throws IllegalArgumentException if it is no number of seconds that is allowed
   */
  private static int seconds(@Nullable String wish) {
    try {
      int seconds = wish == null ? STANDARD_SECONDS : Integer.parseInt(wish);
      if (seconds >= 1 && seconds <= Profiler.MOST_SECONDS) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // said below, with what would do
    }
    throw new IllegalArgumentException(
        "seconds must be a whole number from 1 to " + Profiler.MOST_SECONDS);
  }
}
