package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import dev.weir.routing.RequestKind;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a request says, as far as anything depends on it. Immutable.
 *
 * @param method as sent
 * @param path without query, matrix parameters and trailing slash; not decoded
 * @param query raw, without question mark; empty if there is none
 * @param headOnly the answer has no body
 * @param keepAlive the caller wants to go on using the connection
 * @param gzip the answer may be compressed
 * @param gpx errors are to be told as GPX
 * @param gzippedBody the body is compressed
 * @param contract what the path means in the contract, {@code null} if nothing
 * @param rpc what it means as the full name of a method, {@code null} if nothing
 * @param framing how answers are to be written if there are several, {@code null} otherwise
 * @param trace what the request is called
 * @param arrivedNanos when the head was complete
 */
record RequestHead(
    Endpoint endpoint,
    String method,
    String path,
    String query,
    boolean headOnly,
    boolean http10,
    boolean keepAlive,
    boolean gzip,
    boolean gpx,
    boolean gzippedBody,
    RestRoutes.@Nullable Lookup contract,
    RpcMethods.@Nullable Lookup rpc,
    @Nullable Framing framing,
    Trace trace,
    long arrivedNanos) {

  private static final AsciiString CONNECT_CODING = AsciiString.cached("connect-content-encoding");

  /**
   * @param routes what paths of the contract mean
   * @param methods what the full names of its methods mean
   * @param trace what it is called
   */
  static RequestHead of(
      HttpRequest request, RestRoutes routes, RpcMethods methods, Trace trace, long nowNanos) {
    String target = withoutFragment(relative(request.uri()));
    int end = pathEnd(target);
    int question = target.indexOf('?', end);
    String path = withoutSlash(target.substring(0, end));
    String query = question < 0 ? "" : target.substring(question + 1);
    Endpoint endpoint = Endpoint.of(path);
    HttpHeaders headers = request.headers();
    String method = request.method().name();
    RestRoutes.Lookup contract =
        endpoint == Endpoint.CONTRACT
            ? routes.find(method.equals("HEAD") ? "GET" : method, path)
            : null;
    RpcMethods.Lookup rpc =
        endpoint == Endpoint.CONNECT ? methods.find(method, path, mediaType(headers)) : null;
    Framing framing = Framing.of(binding(contract, rpc), headers);
    return new RequestHead(
        endpoint,
        method,
        path,
        query,
        request.method().equals(HttpMethod.HEAD),
        request.protocolVersion().equals(HttpVersion.HTTP_1_0),
        HttpUtil.isKeepAlive(request),
        acceptsGzip(headers.get(HttpHeaderNames.ACCEPT_ENCODING)),
        endpoint == Endpoint.ROUTE
            && !method.equals("POST")
            && ("gpx".equalsIgnoreCase(QueryString.first(query, "type"))
                || Accept.prefersGpx(headers)),
        "gzip".equalsIgnoreCase(coding(headers, framing)),
        contract,
        rpc,
        framing,
        trace,
        nowNanos);
  }

  /** Stands for a head that could not be read: nothing is known of the request. */
  static RequestHead unreadable(Trace trace, long nowNanos) {
    return new RequestHead(
        Endpoint.UNKNOWN,
        "",
        "",
        "",
        false,
        false,
        false,
        false,
        false,
        false,
        null,
        null,
        null,
        trace,
        nowNanos);
  }

  /** The method where it is one of HTTP: a bounded set, whatever callers make up. */
  String methodLabel() {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT" -> method;
      default -> "other";
    };
  }

  /** The method of the contract that is called, {@code null} if none is. */
  @Nullable Binding<?, ?> binding() {
    return binding(contract, rpc);
  }

  private static @Nullable Binding<?, ?> binding(
      RestRoutes.@Nullable Lookup contract, RpcMethods.@Nullable Lookup rpc) {
    if (rpc instanceof RpcMethods.Found<?, ?> found) {
      return found;
    }
    return contract instanceof RestRoutes.Found<?, ?> found ? found : null;
  }

  /** The work it takes, {@code null} for what is answered at once. */
  @Nullable RequestKind kind() {
    Binding<?, ?> binding = binding();
    return binding == null ? endpoint.kind() : binding.method().kind();
  }

  /** What it is counted as. */
  Resource resource() {
    Binding<?, ?> binding = binding();
    return binding == null ? endpoint.resource() : binding.method().resource();
  }

  Shape shape() {
    return switch (endpoint) {
      case CONTRACT -> Shape.CONTRACT;
      case CONNECT ->
          switch (framing) {
            case null -> Shape.CONNECT;
            case CONNECT_JSON -> Shape.CONNECT_STREAM_JSON;
            case CONNECT_PROTO -> Shape.CONNECT_STREAM_PROTO;
            case LINES, EVENTS, ARRAY -> throw new IllegalStateException(framing + " by Connect");
          };
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
          NOT_OFFERED,
          UNKNOWN ->
          gpx ? Shape.GPX : Shape.GRAPHHOPPER;
    };
  }

  boolean isPost() {
    return method.equals("POST");
  }

  /** A target may name scheme and host, which say nothing new (RFC 9112, 3.2.2). */
  private static String relative(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  /** Not meant for servers, yet some callers send it. */
  private static String withoutFragment(String target) {
    int fragment = target.indexOf('#');
    return fragment < 0 ? target : target.substring(0, fragment);
  }

  private static int pathEnd(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '?' || c == ';') {
        return i;
      }
    }
    return target.length();
  }

  private static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** By what the body is compressed, or in envelopes the message; {@code null} if nothing says. */
  static @Nullable String coding(HttpHeaders headers, @Nullable Framing framing) {
    boolean enveloped = framing != null && framing.isConnect();
    return headers.get(enveloped ? CONNECT_CODING : HttpHeaderNames.CONTENT_ENCODING);
  }

  private static String mediaType(HttpHeaders headers) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    return type == null ? "" : Accept.mediaType(type);
  }

  private static boolean acceptsGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String coding : acceptEncoding.split(",", -1)) {
      int semicolon = coding.indexOf(';');
      String name = semicolon < 0 ? coding : coding.substring(0, semicolon);
      if (name.strip().equalsIgnoreCase("gzip")) {
        return semicolon < 0 || !refuses(coding.substring(semicolon + 1));
      }
    }
    return false;
  }

  private static boolean refuses(String parameters) {
    String weight = parameters.replace(" ", "");
    return weight.equals("q=0") || (weight.startsWith("q=0.0") && weight.endsWith("0"));
  }
}
