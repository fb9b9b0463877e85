package dev.weir.proxy.transport.http;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.weir.proxy.transport.contract.ContractJson;

/** The answers that never vary. */
final class Fixed {

  static final Canned HEALTHY = Canned.of(200, "Vary: Accept-Encoding\r\n", "text/plain", "OK");
  static final Canned HEALTHY_HEAD = Canned.of(200, "", "text/plain", "OK");
  static final Canned UNHEALTHY = Canned.of(500, "", "text/plain", "UNHEALTHY");

  static final Canned OPTIONS_OF_ROUTE = options("HEAD,POST,GET,OPTIONS");
  static final Canned OPTIONS = options("HEAD,GET,OPTIONS");

  /**
   * Pages ask before every call unless they may remember the answer: two hours is as long as any
   * browser does.
   */
  static final Canned OPTIONS_OF_CONNECT =
      options(
          "POST,OPTIONS",
          ",Connect-Protocol-Version,Connect-Timeout-Ms,Content-Encoding",
          "Access-Control-Max-Age: 7200\r\n");

  static final Canned BAD_REQUEST = Canned.json(400, Json.code(400, "HTTP 400 Bad Request"));
  private static final String TIMEOUT_SENTENCE =
      "header X-Request-Timeout-Ms must be a whole number of milliseconds";
  private static final String PRIORITY_SENTENCE =
      "header X-Weir-Priority must be one of critical, default, sheddable, batch";
  private static final String TOO_LARGE_SENTENCE = "The body is too large.";

  static final Canned BAD_TIMEOUT = Canned.json(400, Json.sentence(TIMEOUT_SENTENCE));
  static final Canned BAD_PRIORITY = Canned.json(400, Json.sentence(PRIORITY_SENTENCE));
  static final Canned NOT_FOUND = Canned.json(404, Json.code(404, "HTTP 404 Not Found"));
  static final Canned NOT_ALLOWED = notAllowed("GET,OPTIONS");
  static final Canned NOT_ALLOWED_ON_ROUTE = notAllowed("POST,GET,OPTIONS");

  /** For methods that are none: GraphHopper's server says no more about them. */
  static final Canned NO_METHOD = Canned.empty(405);

  static final Canned NOT_ACCEPTABLE = Canned.json(406, Json.code(406, "HTTP 406 Not Acceptable"));
  static final Canned TIMEOUT = Canned.json(408, Json.code(408, "HTTP 408 Request Timeout"));
  static final Canned TOO_LARGE = Canned.json(413, Json.code(413, "HTTP 413 Content Too Large"));
  static final Canned TARGET_TOO_LONG = Canned.json(414, Json.code(414, "HTTP 414 URI Too Long"));
  static final Canned UNSUPPORTED_TYPE =
      Canned.json(415, Json.code(415, "HTTP 415 Unsupported Media Type"));
  static final Canned EXPECTATION_FAILED =
      Canned.json(417, Json.code(417, "HTTP 417 Expectation Failed"));
  static final Canned HEADERS_TOO_LARGE =
      Canned.json(431, Json.code(431, "HTTP 431 Request Header Fields Too Large"));
  static final Canned NOT_OFFERED =
      Canned.json(
          501,
          Json.sentence(
              "Weir does not offer this part of GraphHopper; it answers /route, /isochrone, /spt,"
                  + " /nearest, /info, /health and /i18n."));
  static final Canned CONTRACT_NOT_FOUND =
      contract(404, Code.NOT_FOUND, "There is no such path in weir.v1; /openapi.json lists them.");

  /** For pages that connect anew after the end of a stream: they stop doing so (HTML, 9.2.3). */
  static final Canned NO_MORE_EVENTS = Canned.empty(204);

  static final Canned CONTRACT_TYPE =
      contract(415, Code.INVALID_ARGUMENT, "The body has to be application/json.");
  static final Canned CONTRACT_TOO_LARGE = contract(413, Code.INVALID_ARGUMENT, TOO_LARGE_SENTENCE);
  static final Canned CONTRACT_TIMEOUT = contract(400, Code.INVALID_ARGUMENT, TIMEOUT_SENTENCE);
  static final Canned CONTRACT_PRIORITY = contract(400, Code.INVALID_ARGUMENT, PRIORITY_SENTENCE);
  static final Canned CONNECT_NOT_FOUND =
      connect(
          404,
          "",
          Code.UNIMPLEMENTED,
          "There is no such method in weir.v1 that takes one request; TrackRide is served by"
              + " gRPC.");
  static final Canned CONNECT_VERB =
      connect(405, "Allow: POST\r\n", Code.UNIMPLEMENTED, "Methods are called by POST.");
  static final Canned CONNECT_TYPE =
      connect(
          415,
          "Accept-Post: application/json, application/proto\r\n",
          Code.INVALID_ARGUMENT,
          "The body has to be application/json or application/proto.");
  static final Canned CONNECT_STREAM_TYPE =
      connect(
          415,
          "Accept-Post: application/connect+json, application/connect+proto\r\n",
          Code.INVALID_ARGUMENT,
          "The body has to be application/connect+json or application/connect+proto.");
  private static final String VERSION_SENTENCE =
      "header Connect-Protocol-Version must be 1, if it is there";
  static final Canned CONNECT_VERSION = connect(400, "", Code.INVALID_ARGUMENT, VERSION_SENTENCE);
  static final Canned CONNECT_CODING =
      connect(
          501,
          "Accept-Encoding: gzip\r\n",
          Code.UNIMPLEMENTED,
          "The body may be compressed by gzip, or be sent as identity.");
  static final Canned CONNECT_TOO_LARGE =
      connect(400, "", Code.INVALID_ARGUMENT, TOO_LARGE_SENTENCE);
  private static final String CONNECT_TIMEOUT_SENTENCE =
      "header Connect-Timeout-Ms must be a whole number of milliseconds";
  static final Canned CONNECT_TIMEOUT =
      connect(400, "", Code.INVALID_ARGUMENT, CONNECT_TIMEOUT_SENTENCE);
  static final Canned CONNECT_PRIORITY = connect(400, "", Code.INVALID_ARGUMENT, PRIORITY_SENTENCE);
  static final Canned VERSION =
      Canned.json(505, Json.code(505, "HTTP 505 HTTP Version Not Supported"));

  private Fixed() {}

  /** What web pages may send goes beyond what every answer says: this is where browsers ask. */
  private static Canned options(String allow) {
    return options(allow, "", "");
  }

  /**
   * @param moreHeaders that may be sent, each after a comma
   * @param lines further header lines, each with its line end
   */
  private static Canned options(String allow, String moreHeaders, String lines) {
    String headers =
        "Allow: "
            + allow
            + "\r\nAccess-Control-Allow-Headers: Authorization,Traceparent,X-API-Key,X-Request-Id,"
            + "X-Request-Timeout-Ms,X-Weir-Accept,X-Weir-Priority,X-Weir-User"
            + moreHeaders
            + "\r\n"
            + lines;
    return Canned.of(200, headers, "text/plain", allow.replace(",", ", "));
  }

  private static Canned contract(int status, Code code, String message) {
    return Canned.json(
        status,
        ContractJson.of(Status.newBuilder().setCode(code.getNumber()).setMessage(message).build()));
  }

  /**
   * @param headers further header lines, each with its line end
   */
  private static Canned connect(int http, String headers, Code code, String message) {
    Status status = Status.newBuilder().setCode(code.getNumber()).setMessage(message).build();
    return Canned.of(http, headers, "application/json", ConnectJson.of(status));
  }

  /** A stream of the Connect protocol that ends before it has begun. */
  private static Canned connectStream(Shape shape, int http, Code code, String message) {
    Status status = Status.newBuilder().setCode(code.getNumber()).setMessage(message).build();
    return Canned.of(http, shape.sentStatus(http), "", shape.mediaType(), shape.write(status));
  }

  static Canned connectVersion(Shape shape) {
    return shape == Shape.CONNECT
        ? CONNECT_VERSION
        : connectStream(shape, 400, Code.INVALID_ARGUMENT, VERSION_SENTENCE);
  }

  static Canned connectCoding(Shape shape) {
    return shape == Shape.CONNECT
        ? CONNECT_CODING
        : connectStream(
            shape,
            501,
            Code.UNIMPLEMENTED,
            "Messages may be compressed by gzip, or be sent as identity.");
  }

  static Canned badTimeout(Shape shape) {
    return switch (shape) {
      case GRAPHHOPPER, GPX -> BAD_TIMEOUT;
      case CONTRACT -> CONTRACT_TIMEOUT;
      case CONNECT -> CONNECT_TIMEOUT;
      case CONNECT_STREAM_JSON, CONNECT_STREAM_PROTO ->
          connectStream(shape, 400, Code.INVALID_ARGUMENT, CONNECT_TIMEOUT_SENTENCE);
    };
  }

  static Canned badPriority(Shape shape) {
    return switch (shape) {
      case GRAPHHOPPER, GPX -> BAD_PRIORITY;
      case CONTRACT -> CONTRACT_PRIORITY;
      case CONNECT -> CONNECT_PRIORITY;
      case CONNECT_STREAM_JSON, CONNECT_STREAM_PROTO ->
          connectStream(shape, 400, Code.INVALID_ARGUMENT, PRIORITY_SENTENCE);
    };
  }

  static Canned tooLarge(Shape shape) {
    return switch (shape) {
      case GRAPHHOPPER, GPX -> TOO_LARGE;
      case CONTRACT -> CONTRACT_TOO_LARGE;
      case CONNECT -> CONNECT_TOO_LARGE;
      case CONNECT_STREAM_JSON, CONNECT_STREAM_PROTO ->
          connectStream(shape, 400, Code.INVALID_ARGUMENT, TOO_LARGE_SENTENCE);
    };
  }

  /** For a path of the contract that is there for other verbs. */
  static Canned otherVerb(String allow) {
    Status status =
        Status.newBuilder()
            .setCode(Code.UNIMPLEMENTED.getNumber())
            .setMessage("This path is for " + allow + ".")
            .build();
    return Canned.of(405, "Allow: " + allow + "\r\n", "application/json", ContractJson.of(status));
  }

  private static Canned notAllowed(String allow) {
    return Canned.of(
        405,
        "Allow: " + allow + "\r\n",
        "application/json",
        Json.code(405, "HTTP 405 Method Not Allowed"));
  }
}
