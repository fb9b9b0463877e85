package dev.weir.proxy.transport.admin;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the query of a request says. */
final class Queries {

  private Queries() {}

  /**
   * The last of a name counts.
   *
   * @throws IllegalArgumentException if it cannot be decoded
   */
  static Map<String, String> of(FullHttpRequest request) {
    Map<String, String> wishes = new LinkedHashMap<>();
    new QueryStringDecoder(request.uri())
        .parameters()
        .forEach((name, all) -> wishes.put(name, all.getLast()));
    return wishes;
  }
}
