package dev.weir.proxy.transport.contract;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.TrackRideRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for fields that the contract states. They are compiled when this is made, which takes a
 * second; to check a message then takes microseconds. Thread-safe.
 */
public final class Rules {

  /** Fields that are named at most: an answer is not to be larger than what it answers. */
  private static final int MOST_TOLD = 20;

  private final Validator validator;

  private Rules(Validator validator) {
    this.validator = validator;
  }

  /** Those of all requests of the contract. Takes a second. */
  public static Rules ofContract() {
    return of(
        List.of(
            GetRouteRequest.getDefaultInstance(),
            StreamRoutesRequest.getDefaultInstance(),
            TrackRideRequest.getDefaultInstance(),
            GetIsochroneRequest.getDefaultInstance(),
            GetMatrixRequest.getDefaultInstance(),
            FindNearestRequest.getDefaultInstance(),
            QuoteRideRequest.getDefaultInstance(),
            ListQuotesRequest.getDefaultInstance()));
  }

  /** Also checks one message of each, so that the first call is not slow. */
  private static Rules of(List<? extends Message> prototypes) {
    List<Descriptor> descriptors = prototypes.stream().map(Message::getDescriptorForType).toList();
    try {
      Rules rules =
          new Rules(ValidatorFactory.newBuilder().buildWithDescriptors(descriptors, true));
      for (Message prototype : prototypes) {
        rules.problem(prototype);
      }
      return rules;
    } catch (CompilationException e) {
      throw new IllegalStateException("the contract's own rules cannot be read", e);
    }
  }

  /**
   * @throws MalformedQuery naming the fields that break a rule, the first twenty of them
   */
  public void check(Message message) throws MalformedQuery {
    Problem problem = problem(message);
    if (problem != null) {
      throw new MalformedQuery(problem);
    }
  }

  private @Nullable Problem problem(Message message) {
    ValidationResult result;
    try {
      result = validator.validate(message);
    } catch (ValidationException e) {
      throw new IllegalStateException("the contract's own rules cannot be checked", e);
    }
    if (result.isSuccess()) {
      return null;
    }
    List<Problem.Hint> hints = new ArrayList<>();
    List<Violation> all = result.getViolations();
    for (Violation violation : all.subList(0, Math.min(all.size(), MOST_TOLD))) {
      build.buf.validate.Violation told = violation.toProto();
      String field = path(told.getField());
      hints.add(new Problem.Hint(told.getMessage(), null, Map.of(Statuses.FIELD, field)));
    }
    Problem.Hint first = hints.getFirst();
    return new Problem(
        Problem.Kind.CONSTRAINT,
        first.extras().get(Statuses.FIELD) + ": " + first.message(),
        hints);
  }

  /** As {@code intermediates[2].latitude}. */
  private static String path(FieldPath path) {
    StringBuilder out = new StringBuilder();
    for (FieldPathElement element : path.getElementsList()) {
      if (!out.isEmpty()) {
        out.append('.');
      }
      out.append(element.getFieldName());
      if (element.hasIndex()) {
        out.append('[').append(element.getIndex()).append(']');
      }
    }
    return out.toString();
  }
}
