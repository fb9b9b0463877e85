package dev.weir.proxy.transport.http;

import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds requests that are answered by their head alone, in the order of GraphHopper's server. */
final class HeadCheck {

  private static final String JSON = "application/json";
  private static final AsciiString CONNECT_VERSION = AsciiString.cached("connect-protocol-version");

  private static final AsciiString LAST_EVENT_ID = AsciiString.cached("last-event-id");

  private HeadCheck() {}

  /** The answer to a head that ends the use of its connection; {@code null} if it does not. */
  static @Nullable Canned violation(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return complaint(request.decoderResult().cause());
    }
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return Fixed.VERSION;
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))) {
      return Fixed.BAD_REQUEST;
    }
    // Other codings than this one would have to be undone before the length of the body is known.
    String coding = request.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      return Fixed.BAD_REQUEST;
    }
    return request.headers().contains(HttpHeaderNames.EXPECT)
            && version.equals(HttpVersion.HTTP_1_1)
            && !waitsToSend(request)
        ? Fixed.EXPECTATION_FAILED
        : null;
  }

  private static Canned complaint(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Fixed.TARGET_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? Fixed.HEADERS_TOO_LARGE
        : Fixed.BAD_REQUEST;
  }

  /** The answer, or {@code null} if the request is to be worked on. */
  static @Nullable Canned answer(HttpRequest request, RequestHead head) {
    if (head.endpoint() == Endpoint.CONTRACT) {
      return ofContract(request, head);
    }
    if (head.endpoint() == Endpoint.CONNECT) {
      return ofConnect(request, head);
    }
    if (head.endpoint() == Endpoint.MAPS) {
      return ofMaps(head);
    }
    boolean route = head.endpoint() == Endpoint.ROUTE;
    return switch (head.method()) {
      case "OPTIONS" -> options(head, route);
      case "GET", "HEAD" -> reading(request, head);
      case "POST" -> route ? posting(request, head) : notAllowed(head);
      case "PUT", "DELETE", "PATCH" -> notAllowed(head);
      default -> Fixed.NO_METHOD;
    };
  }

  private static @Nullable Canned ofContract(HttpRequest request, RequestHead head) {
    return switch (head.contract()) {
      case null -> Fixed.CONTRACT_NOT_FOUND;
      case RestRoutes.OtherVerb(String verbs) ->
          head.method().equals("OPTIONS") ? Fixed.OPTIONS_OF_ROUTE : Fixed.otherVerb(verbs);
      case RestRoutes.Found<?, ?> found -> {
        if (found.route().body() && !isJson(request)) {
          yield Fixed.CONTRACT_TYPE;
        }
        yield sawAllEvents(request, head) ? Fixed.NO_MORE_EVENTS : null;
      }
    };
  }

  private static boolean sawAllEvents(HttpRequest request, RequestHead head) {
    return head.framing() == Framing.EVENTS
        && Framing.LAST_EVENT.equals(request.headers().get(LAST_EVENT_ID));
  }

  private static @Nullable Canned ofConnect(HttpRequest request, RequestHead head) {
    return switch (head.rpc()) {
      case null -> Fixed.CONNECT_NOT_FOUND;
      case RpcMethods.Mistake.VERB ->
          head.method().equals("OPTIONS") ? Fixed.OPTIONS_OF_CONNECT : Fixed.CONNECT_VERB;
      case RpcMethods.Mistake.TYPE -> Fixed.CONNECT_TYPE;
      case RpcMethods.Mistake.STREAM_TYPE -> Fixed.CONNECT_STREAM_TYPE;
      case RpcMethods.Found<?, ?> _ -> connectTerms(request.headers(), head);
    };
  }

  /** The terms of the protocol, where a caller states them. */
  private static @Nullable Canned connectTerms(HttpHeaders headers, RequestHead head) {
    String version = headers.get(CONNECT_VERSION);
    if (version != null && !version.equals("1")) {
      return Fixed.connectVersion(head.shape());
    }
    String coding = RequestHead.coding(headers, head.framing());
    return coding == null || coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("identity")
        ? null
        : Fixed.connectCoding(head.shape());
  }

  /** Whether there is a playground is not known here: as long as there is none, nothing is. */
  private static @Nullable Canned ofMaps(RequestHead head) {
    return switch (head.method()) {
      case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH" -> null;
      case "OPTIONS" -> Fixed.OPTIONS_OF_ROUTE;
      default -> Fixed.NO_METHOD;
    };
  }

  private static boolean isJson(HttpRequest request) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    return type != null && Accept.mediaType(type).equalsIgnoreCase(JSON);
  }

  private static Canned options(RequestHead head, boolean route) {
    if (head.endpoint() == Endpoint.UNKNOWN) {
      return Fixed.NOT_FOUND;
    }
    return (route || head.endpoint() == Endpoint.NOT_OFFERED)
        ? Fixed.OPTIONS_OF_ROUTE
        : Fixed.OPTIONS;
  }

  private static Canned notAllowed(RequestHead head) {
    return switch (head.endpoint()) {
      case UNKNOWN -> Fixed.NOT_FOUND;
      case NOT_OFFERED -> Fixed.NOT_OFFERED;
      case ROUTE -> Fixed.NOT_ALLOWED_ON_ROUTE;
      case ISOCHRONE, SPT, NEAREST, INFO, HEALTH, I18N, OPENAPI, DOCS, MAPS, CONTRACT, CONNECT ->
          Fixed.NOT_ALLOWED;
    };
  }

  private static @Nullable Canned reading(HttpRequest request, RequestHead head) {
    return switch (head.endpoint()) {
      case UNKNOWN -> Fixed.NOT_FOUND;
      case NOT_OFFERED -> Fixed.NOT_OFFERED;
      case ROUTE,
          ISOCHRONE,
          SPT,
          NEAREST,
          INFO,
          HEALTH,
          I18N,
          OPENAPI,
          DOCS,
          MAPS,
          CONTRACT,
          CONNECT ->
          Accept.allows(accepted(request, head), head.endpoint().produced())
              ? null
              : Fixed.NOT_ACCEPTABLE;
    };
  }

  private static @Nullable Canned posting(HttpRequest request, RequestHead head) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    boolean bodiless = !HttpUtil.isTransferEncodingChunked(request) && contentLength(request) == 0;
    if (type == null ? !bodiless : !Accept.mediaType(type).equalsIgnoreCase(JSON)) {
      return Fixed.UNSUPPORTED_TYPE;
    }
    return Accept.allows(accepted(request, head), List.of(JSON)) ? null : Fixed.NOT_ACCEPTABLE;
  }

  /** A {@code type=gpx} in the query stands in for the header, whatever that says. */
  private static @Nullable String accepted(HttpRequest request, RequestHead head) {
    return "gpx".equals(QueryString.first(head.query(), "type"))
        ? "application/gpx+xml"
        : Accept.of(request.headers());
  }

  /** Length of the body as far as the head tells, 0 if it does not. */
  static long contentLength(HttpRequest request) {
    return HttpUtil.getContentLength(request, 0L);
  }

  /** Whether the caller holds the body back until it is told to go on. */
  static boolean waitsToSend(HttpRequest request) {
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && request.headers().containsValue(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
  }
}
