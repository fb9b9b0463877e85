package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.contract.Codec;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.proxy.transport.http.Documents.Document;
import dev.weir.routing.Answer;
import dev.weir.routing.Areas;
import dev.weir.routing.Legs;
import dev.weir.routing.Nearby;
import dev.weir.routing.Paths;
import dev.weir.routing.Problem;
import dev.weir.routing.Rendered;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Step 9: from a reply to the bytes of a response. Thread-safe; runs on the thread that replies.
 */
final class AnswerEncoder {

  private static final HeaderLines JSON = contentType(Codec.JSON.mediaType());
  private static final HeaderLines PROTO = contentType(Codec.PROTO.mediaType());
  private static final HeaderLines GPX_ANSWER =
      contentType(
          "application/gpx+xml\r\nContent-Disposition: attachment;filename=GraphHopper.gpx");
  private static final HeaderLines GPX_ERROR = contentType("application/gpx+xml");
  private static final HeaderLines CSV = contentType("text/csv");

  private static final Set<Step> ESTIMATED = Set.of(Step.ESTIMATE);

  /** Room reserved for the head of an answer. */
  static final int HEAD_BYTES = 928;

  private static final String VARY = "Vary: Accept-Encoding\r\n";
  private static final String GZIPPED = "Content-Encoding: gzip\r\n";

  private final Refusals refusals;
  private final LoadLines load;
  private final HttpDate date;
  private final HeldBytes held;

  AnswerEncoder(Refusals refusals, LoadLines load, HttpDate date, HeldBytes held) {
    this.refusals = refusals;
    this.load = load;
    this.date = date;
    this.held = held;
  }

  private static HeaderLines contentType(String type) {
    return HeaderLines.of("Content-Type: " + type + "\r\n");
  }

  /** A reply to a request in GraphHopper's words. */
  Encoded encode(Reply reply, Envelope envelope) {
    return switch (reply) {
      case Reply.Routed(Answer answer, Set<Step> left) -> answer(rendered(answer), left, envelope);
      case Reply.Estimated(double meters, long millis) ->
          answer(Json.estimate(meters, millis), ESTIMATED, envelope);
      case Reply.Unreachable(Problem problem) -> problem(problem, envelope);
      case Reply.Invalid(Problem problem) -> problem(problem, envelope);
      case Reply.Refused(Refusal refusal) -> refused(refusal, envelope);
      case Reply.Failed(String incident) -> failed(incident, envelope);
    };
  }

  /** A fault of ours, which the log tells of under this id. */
  Encoded failed(String incident, Envelope envelope) {
    Shape shape = envelope.head().shape();
    return switch (shape) {
      case GRAPHHOPPER, GPX ->
          held(
              500,
              JSON,
              Json.code(
                  500,
                  "There was an error processing your request. It has been logged (ID "
                      + incident
                      + ")."),
              envelope);
      case CONTRACT, CONNECT ->
          plain(
              Fault.INTERNAL.httpStatus(),
              Codec.JSON,
              shape.write(Statuses.failed(incident)),
              envelope);
      case CONNECT_STREAM_JSON, CONNECT_STREAM_PROTO -> {
        int status = Fault.INTERNAL.httpStatus();
        byte[] told = shape.write(Statuses.failed(incident));
        yield canned(
            Canned.of(status, shape.sentStatus(status), "", shape.mediaType(), told), envelope);
      }
    };
  }

  Encoded refused(Refusal refusal, Envelope envelope) {
    return refusals
        .of(refusal, envelope.head().shape())
        .encode(date.bytes(), load.now().and(QuotaLines.of(envelope.standing())), envelope);
  }

  /** What a refusal says, for an answer that has begun. */
  Canned refusal(Refusal refusal, Shape shape) {
    return refusals.of(refusal, shape);
  }

  Encoded canned(Canned canned, Envelope envelope) {
    return canned.encode(date.bytes(), envelope);
  }

  private static Rendered rendered(Answer answer) {
    return switch (answer) {
      case Rendered ready -> ready;
      case Paths _, Areas _, Nearby _, Legs _ ->
          throw new IllegalStateException("nobody asks for structure here");
    };
  }

  private Encoded answer(Rendered answer, Set<Step> left, Envelope envelope) {
    boolean gzip = gzips(envelope.head(), answer.body().length);
    byte[] body = gzip ? Deflation.deflate(answer.body()) : answer.body();
    return answer(answer, degraded(left), body, gzip, envelope);
  }

  /**
   * A message of the contract.
   *
   * @param plain as the codec wrote it
   */
  Encoded message(int status, Codec codec, byte[] plain, Set<Step> left, Envelope envelope) {
    boolean gzip = gzips(envelope.head(), plain.length);
    byte[] body = gzip ? Deflation.deflate(plain) : plain;
    String headers = VARY + (gzip ? GZIPPED : "") + degraded(left);
    return held(status, headers, type(codec), body, envelope);
  }

  /** The same as it is, so that nobody can make an event loop compress. */
  Encoded plain(int status, Codec codec, byte[] body, Envelope envelope) {
    return held(status, "", type(codec), body, envelope);
  }

  private static HeaderLines type(Codec codec) {
    return switch (codec) {
      case JSON -> JSON;
      case PROTO -> PROTO;
    };
  }

  /** What the answer does without; web pages are let see it, too. */
  private static String degraded(Set<Step> left) {
    return left.isEmpty()
        ? ""
        : "X-Weir-Degraded: "
            + left.stream().sorted().map(Step::code).collect(Collectors.joining(", "))
            + "\r\nAccess-Control-Expose-Headers: X-Weir-Degraded\r\n";
  }

  /** Whether the answer is to be sent compressed. */
  private static boolean gzips(RequestHead head, int bodyBytes) {
    return head.gzip() && !head.headOnly() && bodyBytes >= Deflation.WORTH_IT_BYTES;
  }

  Encoded document(Document document, Envelope envelope) {
    byte[] plain = document.answer().body();
    byte[] gzip = gzips(envelope.head(), plain.length) ? document.gzip() : null;
    byte[] body = gzip == null ? plain : gzip;
    return answer(document.answer(), "", body, gzip != null, envelope);
  }

  Encoded page(Page page, Envelope envelope) {
    boolean gzip = gzips(envelope.head(), page.plain().length);
    byte[] body = gzip ? page.gzip() : page.plain();
    String headers = VARY + (gzip ? GZIPPED : "") + page.headers();
    return held(200, headers, page.type(), body, envelope);
  }

  /**
   * @param degraded header lines
   * @param body the answer's own, or what became of it by compression
   */
  private Encoded answer(
      Rendered answer, String degraded, byte[] body, boolean gzipped, Envelope envelope) {
    HeaderLines type =
        switch (answer.media()) {
          case JSON -> JSON;
          case GPX -> GPX_ANSWER;
          case CSV -> CSV;
        };
    // GraphHopper's server says nothing about compression in answers to HEAD.
    String vary = envelope.head().headOnly() ? "" : VARY;
    String encoding = gzipped ? GZIPPED : "";
    String headers = took(answer, envelope.head()) + vary + encoding + degraded;
    return held(200, headers, type, body, envelope);
  }

  private static String took(Rendered answer, RequestHead head) {
    return switch (head.endpoint()) {
      case ROUTE -> "X-GH-Took: " + Math.round(answer.tookMillis()) + "\r\n";
      case ISOCHRONE -> "X-GH-Took: " + (float) answer.tookMillis() + "\r\n";
      case SPT,
          NEAREST,
          INFO,
          HEALTH,
          I18N,
          OPENAPI,
          DOCS,
          MAPS,
          CONTRACT,
          CONNECT,
          NOT_OFFERED,
          UNKNOWN ->
          "";
    };
  }

  private Encoded problem(Problem problem, Envelope envelope) {
    if (problem.equals(Inflation.TOO_LARGE)) {
      return canned(Fixed.TOO_LARGE, envelope);
    }
    return switch (problem.kind()) {
      case ENGINE ->
          envelope.head().gpx()
              ? held(400, GPX_ERROR, Gpx.problem(problem), envelope)
              : held(400, JSON, Json.problem(problem, true), envelope);
      case CONSTRAINT -> held(400, JSON, Json.problem(problem, false), envelope);
      case UNREADABLE -> held(400, JSON, Json.code(400, problem.message()), envelope);
      case NOT_A_NUMBER -> canned(Fixed.NOT_FOUND, envelope);
      case NO_DOCUMENT -> held(422, JSON, Json.problem(problem, false), envelope);
    };
  }

  private Encoded held(int status, HeaderLines type, String body, Envelope envelope) {
    return held(status, "", type, body.getBytes(UTF_8), envelope);
  }

  private Encoded held(
      int status, String headers, HeaderLines type, byte[] body, Envelope envelope) {
    int sent = envelope.head().headOnly() ? 0 : body.length;
    HeaderLines quota = QuotaLines.of(envelope.standing());
    int bytes = HEAD_BYTES + quota.bytes().length + sent;
    if (!held.tryHoldAnswer(bytes)) {
      return refused(HeldBytes.SLOW_READERS, envelope);
    }
    ByteBuf out;
    try {
      out = envelope.allocator().directBuffer(envelope.http2() ? sent : bytes);
    } catch (OutOfMemoryError none) {
      held.releaseAnswer(bytes);
      throw none;
    }
    String more =
        headers + Timing.line(envelope.spent()) + "Content-Length: " + body.length + "\r\n";
    Http2Headers fields = head(status, type, load(envelope).and(quota), more, envelope, out);
    out.writeBytes(body, 0, sent);
    return new Encoded(fields, out, status, null, sent, envelope.keepAlive(), bytes);
  }

  /** The head of an answer in parts: nobody knows yet how long it will be. */
  Encoded head(Framing framing, Envelope envelope) {
    boolean chunked = !envelope.http2() && !envelope.head().http10();
    ByteBuf out = envelope.allocator().directBuffer(envelope.http2() ? 0 : HEAD_BYTES);
    String more = chunked ? HeadBytes.CHUNKED : "";
    HeaderLines lines = load(envelope).and(QuotaLines.of(envelope.standing()));
    Http2Headers fields = head(200, framing.lines(), lines, more, envelope, out);
    return new Encoded(fields, out, 200, null, 0, envelope.keepAlive(), 0);
  }

  /** Nothing with what is not computed. */
  private HeaderLines load(Envelope envelope) {
    return envelope.head().kind() == null ? HeaderLines.NONE : load.now();
  }

  /**
   * @param out gets the head for HTTP/1.1
   * @return the head for HTTP/2
   */
  private @Nullable Http2Headers head(
      int status,
      HeaderLines type,
      HeaderLines lines,
      String more,
      Envelope envelope,
      ByteBuf out) {
    Trace trace = envelope.head().trace();
    if (envelope.http2()) {
      return fields(status, type, trace, lines, more);
    }
    out.writeBytes(HeadBytes.startOf(status)).writeBytes(date.bytes());
    out.writeBytes(HeadBytes.COMMON).writeBytes(type.bytes());
    HeadBytes.writeName(out, trace);
    out.writeBytes(lines.bytes());
    out.writeCharSequence(more, US_ASCII);
    out.writeBytes(HeadBytes.connection(envelope.keepAlive(), envelope.head().http10()))
        .writeBytes(HeadBytes.END);
    return null;
  }

  private Http2Headers fields(
      int status, HeaderLines type, Trace trace, HeaderLines load, String more) {
    Http2Headers fields = HeadFields.of(status, date.bytes(), trace);
    type.addTo(fields);
    load.addTo(fields);
    HeaderLines.of(more).addTo(fields);
    return fields;
  }
}
