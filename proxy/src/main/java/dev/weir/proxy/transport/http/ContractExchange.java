package dev.weir.proxy.transport.http;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Traits;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.proxy.transport.contract.Codec;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.proxy.transport.contract.Unary;
import dev.weir.routing.Answer;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request in the words of the contract {@code weir.v1}, by REST or by Connect. Thread-safe. */
final class ContractExchange<Q extends Message, A extends Message> extends Exchange {

  /** Longer documents are left to a worker. Reading one of this length takes some 20 µs. */
  private static final int MOST_ON_LOOP_BYTES = 2_048;

  private static final byte[] NO_BODY = new byte[0];
  private static final Set<Step> NOTHING = Set.of();
  private static final Set<Step> ESTIMATED = Set.of(Step.ESTIMATE);

  private static final Refusal NO_ROOM =
      new Refusal(Refusal.Reason.OVER_CAPACITY, Duration.ofSeconds(1));

  private final Binding<Q, A> binding;
  private final Unary<Q, A> method;
  private final byte @Nullable [] body;
  private volatile @Nullable Verdict asker;
  private volatile @Nullable Q request;

  private ContractExchange(
      Carrier carrier,
      Shared shared,
      RequestHead head,
      Binding<Q, A> binding,
      Unary<Q, A> method,
      byte @Nullable [] body) {
    super(carrier, shared, head);
    this.binding = binding;
    this.method = method;
    this.body = body;
  }

  static <Q extends Message, A extends Message> ContractExchange<Q, A> of(
      Carrier carrier,
      Shared shared,
      RequestHead head,
      Binding<Q, A> binding,
      byte @Nullable [] body) {
    if (binding.method() instanceof Unary<Q, A> method) {
      return new ContractExchange<>(carrier, shared, head, binding, method, body);
    }
    throw new IllegalStateException(head.path() + " is not computed");
  }

  @Override
  Call call(RequestKind kind, Caller caller, Deadline deadline) {
    asker = shared().application().identify(caller);
    Call.QuerySource source = this::readAndCheck;
    Traits traits = Traits.unknown(kind);
    if (!head().gzippedBody() && (body == null || body.length <= MOST_ON_LOOP_BYTES)) {
      try {
        Q read = read();
        RouteQuery query = method.query(read);
        traits = Sketch.of(query);
        source = () -> check(read, query);
      } catch (MalformedQuery mistake) {
        source =
            () -> {
              throw mistake;
            };
      }
    }
    return new Call(caller, traits, head().arrivedNanos(), deadline, source);
  }

  private Q read() throws MalformedQuery {
    byte[] document = body == null ? NO_BODY : body;
    byte[] plain =
        head().gzippedBody()
            ? Inflation.inflate(document, shared().settings().maxInflatedBytes())
            : document;
    Q read = binding.read(head().query(), plain);
    request = read;
    return read;
  }

  private RouteQuery readAndCheck() throws MalformedQuery {
    Q read = read();
    return check(read, method.query(read));
  }

  private RouteQuery check(Q read, RouteQuery query) throws MalformedQuery {
    shared().rules().check(read);
    return query;
  }

  @Override
  Encoded encode(Reply reply, Envelope envelope) {
    return switch (reply) {
      case Reply.Routed(var answer, var left) -> routed(answer, left, envelope);
      case Reply.Estimated(double meters, long millis) ->
          estimated(method.estimate(meters, millis), envelope);
      case Reply.Unreachable(var problem) ->
          status(Statuses.unreachable(problem), Fault.NO_ROUTE, envelope);
      case Reply.Invalid(var problem) ->
          problem.equals(Inflation.TOO_LARGE)
              ? shared().encoder().canned(Fixed.tooLarge(head().shape()), envelope)
              : status(Statuses.invalid(problem), Statuses.fault(problem), envelope);
      case Reply.Refused(var refusal) -> shared().encoder().refused(refusal, envelope);
      case Reply.Failed(String incident) ->
          status(Statuses.failed(incident), Fault.INTERNAL, envelope);
    };
  }

  private Encoded routed(Answer answer, Set<Step> left, Envelope envelope) {
    return switch (asker) {
      case Verdict.Known(Identity identity) ->
          message(method.response(identity.tenant(), asked(), answer, left), left, envelope);
      case Verdict.Unknown(Refusal unknown) -> shared().encoder().refused(unknown, envelope);
      case null -> throw new IllegalStateException("an answer to nobody");
    };
  }

  private Encoded estimated(@Nullable A estimate, Envelope envelope) {
    return estimate == null
        ? shared().encoder().refused(NO_ROOM, envelope)
        : message(estimate, ESTIMATED, envelope);
  }

  private Q asked() {
    Q asked = request;
    if (asked == null) {
      throw new IllegalStateException("an answer without a question");
    }
    return asked;
  }

  private Encoded message(A response, Set<Step> left, Envelope envelope) {
    Codec codec = binding.codec();
    return shared().encoder().message(200, codec, codec.write(response), left, envelope);
  }

  private Encoded status(Status status, Fault fault, Envelope envelope) {
    byte[] json = head().shape().write(status);
    return shared().encoder().message(fault.httpStatus(), Codec.JSON, json, NOTHING, envelope);
  }
}
