package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.transport.http.Documents.Document;
import dev.weir.routing.Answer;
import dev.weir.routing.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Step 9: from a reply to the bytes of a response. Thread-safe; runs on the thread that replies.
 */
final class AnswerEncoder {

  static final Refusal SLOW_READERS = new Refusal(Reason.SLOW_READERS, Duration.ofSeconds(1));
  private static final byte[] JSON = contentType("application/json");
  private static final byte[] GPX_ANSWER =
      contentType(
          "application/gpx+xml\r\nContent-Disposition: attachment;filename=GraphHopper.gpx");
  private static final byte[] GPX_ERROR = contentType("application/gpx+xml");
  private static final byte[] CSV = contentType("text/csv");

  /** Room reserved for the head of an answer. */
  static final int HEAD_BYTES = 768;

  private static final byte[] NO_LINES = new byte[0];

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

  private static byte[] contentType(String type) {
    return HeadBytes.ascii("Content-Type: " + type + "\r\n");
  }

  Encoded encode(Reply reply, RequestHead head, boolean keepAlive, ByteBufAllocator allocator) {
    return switch (reply) {
      case Reply.Routed(Answer answer, Set<Step> left) ->
          answer(answer, left, head, keepAlive, allocator);
      case Reply.Unreachable(Problem problem) -> problem(problem, head, keepAlive, allocator);
      case Reply.Invalid(Problem problem) -> problem(problem, head, keepAlive, allocator);
      case Reply.Refused(Refusal refusal) -> refused(refusal, head, keepAlive, allocator);
      case Reply.Failed(String incident) ->
          held(
              500,
              JSON,
              Json.code(
                  500,
                  "There was an error processing your request. It has been logged (ID "
                      + incident
                      + ")."),
              head,
              keepAlive,
              allocator);
    };
  }

  Encoded refused(
      Refusal refusal, RequestHead head, boolean keepAlive, ByteBufAllocator allocator) {
    return refusals
        .of(refusal, head.gpx())
        .encode(allocator, date.bytes(), load.bytes(), head, keepAlive);
  }

  Encoded canned(Canned canned, RequestHead head, boolean keepAlive, ByteBufAllocator allocator) {
    return canned.encode(allocator, date.bytes(), head, keepAlive);
  }

  private Encoded answer(
      Answer answer,
      Set<Step> left,
      RequestHead head,
      boolean keepAlive,
      ByteBufAllocator allocator) {
    boolean gzip = gzips(head, answer.body().length);
    byte[] body = gzip ? Deflation.deflate(answer.body()) : answer.body();
    return answer(answer, degraded(left), body, gzip, head, keepAlive, allocator);
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

  Encoded document(
      Document document, RequestHead head, boolean keepAlive, ByteBufAllocator allocator) {
    byte[] plain = document.answer().body();
    byte[] gzip = gzips(head, plain.length) ? document.gzip() : null;
    byte[] body = gzip == null ? plain : gzip;
    return answer(document.answer(), "", body, gzip != null, head, keepAlive, allocator);
  }

  /**
   * @param degraded header lines
   * @param body the answer's own, or what became of it by compression
   */
  private Encoded answer(
      Answer answer,
      String degraded,
      byte[] body,
      boolean gzipped,
      RequestHead head,
      boolean keepAlive,
      ByteBufAllocator allocator) {
    byte[] type =
        switch (answer.media()) {
          case JSON -> JSON;
          case GPX -> GPX_ANSWER;
          case CSV -> CSV;
        };
    // GraphHopper's server says nothing about compression in answers to HEAD.
    String vary = head.headOnly() ? "" : "Vary: Accept-Encoding\r\n";
    String encoding = gzipped ? "Content-Encoding: gzip\r\n" : "";
    String headers = took(answer, head) + vary + encoding + degraded;
    return held(200, headers, type, body, head, keepAlive, allocator);
  }

  private static String took(Answer answer, RequestHead head) {
    return switch (head.endpoint()) {
      case ROUTE -> "X-GH-Took: " + Math.round(answer.tookMillis()) + "\r\n";
      case ISOCHRONE -> "X-GH-Took: " + (float) answer.tookMillis() + "\r\n";
      case SPT, NEAREST, INFO, HEALTH, I18N, NOT_OFFERED, UNKNOWN -> "";
    };
  }

  private Encoded problem(
      Problem problem, RequestHead head, boolean keepAlive, ByteBufAllocator allocator) {
    if (problem.equals(Inflation.TOO_LARGE)) {
      return canned(Fixed.TOO_LARGE, head, keepAlive, allocator);
    }
    return switch (problem.kind()) {
      case ENGINE ->
          head.gpx()
              ? held(400, GPX_ERROR, Gpx.problem(problem), head, keepAlive, allocator)
              : held(400, JSON, Json.problem(problem, true), head, keepAlive, allocator);
      case CONSTRAINT -> held(400, JSON, Json.problem(problem, false), head, keepAlive, allocator);
      case UNREADABLE ->
          held(400, JSON, Json.code(400, problem.message()), head, keepAlive, allocator);
      case NOT_A_NUMBER -> canned(Fixed.NOT_FOUND, head, keepAlive, allocator);
      case NO_DOCUMENT -> held(422, JSON, Json.problem(problem, false), head, keepAlive, allocator);
    };
  }

  private Encoded held(
      int status,
      byte[] type,
      String body,
      RequestHead head,
      boolean keepAlive,
      ByteBufAllocator allocator) {
    return held(status, "", type, body.getBytes(UTF_8), head, keepAlive, allocator);
  }

  private Encoded held(
      int status,
      String headers,
      byte[] type,
      byte[] body,
      RequestHead head,
      boolean keepAlive,
      ByteBufAllocator allocator) {
    int sent = head.headOnly() ? 0 : body.length;
    int bytes = HEAD_BYTES + sent;
    if (!held.tryHoldAnswer(bytes)) {
      return refused(SLOW_READERS, head, keepAlive, allocator);
    }
    ByteBuf out = allocator.directBuffer(bytes);
    out.writeBytes(HeadBytes.startOf(status)).writeBytes(date.bytes());
    out.writeBytes(HeadBytes.COMMON).writeBytes(type);
    out.writeBytes(head.endpoint().kind() == null ? NO_LINES : load.bytes());
    out.writeCharSequence(headers, US_ASCII);
    out.writeCharSequence("Content-Length: " + body.length + "\r\n", US_ASCII);
    out.writeBytes(HeadBytes.connection(keepAlive, head.http10())).writeBytes(HeadBytes.END);
    out.writeBytes(body, 0, sent);
    return new Encoded(out, status, sent, keepAlive, bytes);
  }
}
