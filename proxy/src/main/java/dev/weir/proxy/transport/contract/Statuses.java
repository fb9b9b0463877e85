package dev.weir.proxy.transport.contract;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.weir.proxy.path.Refusal;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Faults as {@code google.rpc.Status}, which gRPC and REST send alike. */
public final class Statuses {

  /** Of all reasons. */
  private static final String DOMAIN = "weir";

  /** Of {@link Problem.Hint#extras()}: the field that breaks a rule, as a path. */
  static final String FIELD = "field";

  private static final String PAGE_TOKEN = "InvalidPageToken";
  private static final String OUT_OF_BOUNDS = "PointOutOfBoundsException";

  private Statuses() {}

  /**
   * @param retryAfterMillis when to ask again, 0 if that makes no sense
   */
  public static Status refused(Refusal.Reason reason, int retryAfterMillis) {
    Status.Builder status = of(Fault.of(reason), reason.sentence(), Map.of());
    if (retryAfterMillis > 0) {
      RetryInfo retry =
          RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(retryAfterMillis)).build();
      status.addDetails(Any.pack(retry));
    }
    return status.build();
  }

  /** A fault of ours, under which name the log tells more. */
  public static Status failed(String incident) {
    return of(
            Fault.INTERNAL,
            "The server failed. It has been logged as incident " + incident + ".",
            Map.of("incident", incident))
        .build();
  }

  /** There is no answer on the map. */
  public static Status unreachable(Problem problem) {
    return of(Fault.NO_ROUTE, problem.message(), Map.of()).build();
  }

  /** Something in the head of a request says nothing that one can understand. */
  public static Status malformed(String sentence) {
    return of(Fault.MALFORMED, sentence, Map.of()).build();
  }

  /** The query is at fault. */
  public static Status invalid(Problem problem) {
    Status.Builder status = of(fault(problem), problem.message(), Map.of());
    BadRequest.Builder fields = BadRequest.newBuilder();
    for (Problem.Hint hint : problem.hints()) {
      if (hint.extras().get(FIELD) instanceof String field) {
        fields.addFieldViolations(
            BadRequest.FieldViolation.newBuilder().setField(field).setDescription(hint.message()));
      }
    }
    if (fields.getFieldViolationsCount() > 0) {
      status.addDetails(Any.pack(fields.build()));
    }
    return status.build();
  }

  /**
   * The token is not one that this caller was given.
   *
   * @param field that holds it
   */
  static MalformedQuery invalidPageToken(String field) {
    String sentence = "is not the next_page_token of a response to you";
    Problem.Hint hint = new Problem.Hint(sentence, PAGE_TOKEN, Map.of(FIELD, field));
    return new MalformedQuery(
        new Problem(Problem.Kind.CONSTRAINT, field + ": " + sentence, List.of(hint)));
  }

  /** What kind of mistake it is. */
  public static Fault fault(Problem problem) {
    for (Problem.Hint hint : problem.hints()) {
      if (endsWith(hint.details(), PAGE_TOKEN)) {
        return Fault.INVALID_PAGE_TOKEN;
      }
      if (hint.extras().get(FIELD) instanceof String) {
        return Fault.INVALID_FIELD;
      }
      if (endsWith(hint.details(), OUT_OF_BOUNDS)) {
        return Fault.OUT_OF_BOUNDS;
      }
    }
    return switch (problem.kind()) {
      case ENGINE, CONSTRAINT -> Fault.NOT_SUPPORTED;
      case UNREADABLE, NOT_A_NUMBER, NO_DOCUMENT -> Fault.MALFORMED;
    };
  }

  private static boolean endsWith(@Nullable String name, String end) {
    return name != null && name.endsWith(end);
  }

  private static Status.Builder of(Fault fault, String message, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(fault.name())
            .setDomain(DOMAIN)
            .putAllMetadata(metadata)
            .build();
    return Status.newBuilder()
        .setCode(fault.code().getNumber())
        .setMessage(message)
        .addDetails(Any.pack(info));
  }
}
