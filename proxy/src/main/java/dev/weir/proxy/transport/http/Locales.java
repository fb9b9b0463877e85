package dev.weir.proxy.transport.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Which language a caller of {@code /i18n} wants. */
final class Locales {

  private Locales() {}

  /** From the path, or else the first of the header, weights and all; empty for no wish. */
  static String wished(HttpRequest request, RequestHead head) {
    String fromPath = QueryString.decode(Endpoint.locale(head.path()), false);
    if (!head.path().equals("/i18n")) {
      return fromPath;
    }
    @Nullable String header = request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE);
    if (header == null) {
      return "";
    }
    int comma = header.indexOf(',');
    return comma < 0 ? header : header.substring(0, comma);
  }
}
