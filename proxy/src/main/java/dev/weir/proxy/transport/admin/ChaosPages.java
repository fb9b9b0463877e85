package dev.weir.proxy.transport.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import dev.weir.proxy.path.FaultSwitch;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Faults on purpose: {@code GET /chaos} shows them, {@code POST} and {@code DELETE} on {@code
 * /chaos/NAME} begin and end one. What to set is in the query. Used on the admin port's thread.
 */
record ChaosPages(FaultSwitch faults, AdminGuard guard) {

  /**
   * @param rest of the path, after {@code /chaos}
   */
  Page page(FullHttpRequest request, String rest) {
    boolean looks = request.method().equals(HttpMethod.GET);
    if (rest.isEmpty() && !looks) {
      return Page.of(METHOD_NOT_ALLOWED);
    }
    HttpResponseStatus refusal =
        looks ? guard.refusalToRead(request.headers()) : guard.refusal(request.headers());
    if (refusal != null) {
      return Page.of(refusal);
    }
    if (looks) {
      return Page.of(OK, String.join("\n", faults.lines()));
    }
    String name = rest.substring(1);
    try {
      if (request.method().equals(HttpMethod.POST)) {
        return Page.of(OK, faults.start(name, Queries.of(request)));
      }
      return request.method().equals(HttpMethod.DELETE)
          ? Page.of(OK, faults.stop(name))
          : Page.of(METHOD_NOT_ALLOWED);
    } catch (FaultSwitch.Illegal | IllegalArgumentException e) {
      return Page.of(BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }
}
