package dev.weir.proxy.transport.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import dev.weir.proxy.path.LogSwitch;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much is logged: {@code GET /log} shows it, {@code POST /log?name=…&level=…} changes it for
 * one logger. Used on the admin port's thread.
 */
record LogPages(LogSwitch log, AdminGuard guard) {

  private static final Logger LOG = LoggerFactory.getLogger(LogPages.class);

  Page page(FullHttpRequest request) {
    boolean looks = request.method().equals(HttpMethod.GET);
    if (!looks && !request.method().equals(HttpMethod.POST)) {
      return Page.of(METHOD_NOT_ALLOWED);
    }
    HttpResponseStatus refusal =
        looks ? guard.refusalToRead(request.headers()) : guard.refusal(request.headers());
    if (refusal != null) {
      return Page.of(refusal);
    }
    return looks ? Page.of(OK, String.join("\n", log.lines())) : set(request.uri());
  }

  private Page set(String uri) {
    try {
      Map<String, List<String>> wishes = new QueryStringDecoder(uri).parameters();
      String inEffect = log.set(only("name", wishes), only("level", wishes));
      LOG.warn("an operator set the log: {}", inEffect);
      return Page.of(OK, inEffect);
    } catch (LogSwitch.Illegal | IllegalArgumentException e) {
      return Page.of(BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static String only(String name, Map<String, List<String>> wishes)
      throws LogSwitch.Illegal {
    List<String> all = wishes.getOrDefault(name, List.of());
    if (all.size() != 1) {
      throw new LogSwitch.Illegal("say /log?name=LOGGER&level=LEVEL");
    }
    return all.getFirst();
  }
}
