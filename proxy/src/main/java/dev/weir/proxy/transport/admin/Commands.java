package dev.weir.proxy.transport.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.CONFLICT;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import dev.weir.proxy.path.BreakerSwitch.Position;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator changes. Used on the admin port's thread. */
record Commands(AdminView view, AdminGuard guard) {

  static final String BREAKER = "/breaker";
  static final String DRAIN = "/drain";

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
  private static final String RELOAD = "/config/reload";
  private static final String SET = "/config/set";

  /** {@code null} if it is no command. */
  @Nullable Page page(FullHttpRequest request, String path) {
    HttpMethod method = request.method();
    if (path.equals(RELOAD)) {
      return refusedOr(request, method.equals(HttpMethod.POST), () -> page(view.reload()));
    }
    if (path.equals(SET)) {
      return refusedOr(request, method.equals(HttpMethod.POST), () -> set(request));
    }
    if (path.equals(DRAIN) && !method.equals(HttpMethod.GET)) {
      boolean begins = method.equals(HttpMethod.POST);
      return refusedOr(request, begins || method.equals(HttpMethod.DELETE), () -> drain(begins));
    }
    if (!path.startsWith(BREAKER + "/")) {
      return null;
    }
    Position position = position(path.substring(BREAKER.length() + 1));
    return position == null
        ? Page.of(NOT_FOUND, "there is no such position; use closed, open, half-open, forced-open")
        : refusedOr(request, method.equals(HttpMethod.POST), () -> force(position));
  }

  /** What is done if it is allowed. */
  @FunctionalInterface
  private interface Deed {
    Page done();
  }

  private Page refusedOr(FullHttpRequest request, boolean known, Deed deed) {
    if (!known) {
      return Page.of(METHOD_NOT_ALLOWED);
    }
    HttpResponseStatus refusal = guard.refusal(request.headers());
    return refusal == null ? deed.done() : Page.of(refusal);
  }

  private Page force(Position position) {
    view.breaker().force(position);
    LOG.info("an operator forced the breaker to {}", name(position));
    return Page.of(OK, name(view.breaker().position()));
  }

  private Page drain(boolean begins) {
    view.drain(begins);
    LOG.info("an operator {} the server", begins ? "drains" : "no longer drains");
    return Page.of(OK, drained(view));
  }

  static String drained(AdminView view) {
    return view.drained() ? "draining" : "serving";
  }

  private Page set(FullHttpRequest request) {
    Map<String, String> wishes;
    try {
      wishes = Queries.of(request);
    } catch (IllegalArgumentException e) {
      return Page.of(BAD_REQUEST, "the query cannot be decoded");
    }
    return wishes.isEmpty()
        ? Page.of(BAD_REQUEST, "name a key and its value, as in ?gate.max-queue-delay=300ms")
        : page(view.adjust(wishes));
  }

  private static Page page(Reload reload) {
    return Page.of(
        switch (reload) {
          case Reload.Done _ -> OK;
          case Reload.Rejected _ -> BAD_REQUEST;
          case Reload.NeedsRestart _ -> CONFLICT;
        },
        String.join("\n", reload.lines()));
  }

  static String name(Position position) {
    return switch (position) {
      case CLOSED -> "closed";
      case OPEN -> "open";
      case HALF_OPEN -> "half-open";
      case FORCED_OPEN -> "forced-open";
    };
  }

  private static @Nullable Position position(String name) {
    for (Position position : Position.values()) {
      if (name(position).equals(name)) {
        return position;
      }
    }
    return null;
  }
}
