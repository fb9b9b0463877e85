package dev.weir.proxy.transport.http;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Traits;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.proxy.transport.contract.Codec;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.proxy.transport.contract.Streamed;
import dev.weir.proxy.transport.contract.Streamed.Turn;
import dev.weir.proxy.transport.http.Part.Then;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One question of the contract and several answers, by REST or by Connect: the next turn is asked
 * when the answers to the last one are with the caller, so that no more waits for a slow one than
 * those.
 */
final class StreamExchange<Q extends Message, A extends Message> extends Exchange {

  // There is one turn at a time. It goes from the event loop to a worker and, with its answers,
  // back: that order is what makes the fields safe.

  private static final Refusal NO_ROOM = new Refusal(Reason.OVER_CAPACITY, Duration.ofSeconds(1));

  private static final Set<Step> NOTHING = Set.of();

  private final Streamed<Q, A> method;
  private final Framing framing;
  private final Question<Q> question;

  private List<Turn<A>> turns = List.of();
  private int turn;
  private int messages;
  private int sent;
  private boolean begun;
  private Deadline deadline = new Deadline(0);

  // Of the event loop.
  private int asked;
  private @Nullable Future<?> silence;

  StreamExchange(
      Carrier carrier,
      Shared shared,
      RequestHead head,
      Binding<Q, A> binding,
      Streamed<Q, A> method,
      Framing framing,
      byte @Nullable [] body) {
    super(carrier, shared, head);
    this.method = method;
    this.framing = framing;
    this.question = new Question<>(shared, head, binding, body);
  }

  @Override
  Call call(RequestKind kind, Caller by, Deadline until) {
    deadline = until;
    Traits traits = Traits.unknown(kind);
    Call.QuerySource source = this::firstOfChecked;
    if (question.isShort()) {
      try {
        turns = method.turns(question.read());
        traits = Sketch.of(turns.getFirst().query());
      } catch (MalformedQuery mistake) {
        source =
            () -> {
              throw mistake;
            };
      }
    }
    return new Call(head().trace(), by, traits, head().arrivedNanos(), until, source);
  }

  /** On a worker, after the rules were looked at: how many turns there are, they bound. */
  private RouteQuery firstOfChecked() throws MalformedQuery {
    Q asked = question.checked();
    if (turns.isEmpty()) {
      turns = method.turns(asked);
    }
    return turns.getFirst().query();
  }

  @Override
  void proceed() {
    Caller by = caller();
    if (by == null) {
      throw new IllegalStateException("a second turn without a first");
    }
    asked++;
    if (silence == null && framing == Framing.EVENTS) {
      watchSilence();
    }
    expectReply();
    if (shared().held().full()) {
      shared().observer().refused(method.kind(), Reason.SLOW_READERS);
      reply(new Reply.Refused(HeldBytes.SLOW_READERS));
      return;
    }
    RouteQuery query = turns.get(turn).query();
    Call next =
        new Call(
            head().trace(), by, Sketch.of(query), head().arrivedNanos(), deadline, () -> query);
    shared().application().serve(next, this);
  }

  /** What takes us for dead when nothing comes for long is kept from it. */
  private void watchSilence() {
    int turnAsked = asked;
    silence =
        carrier()
            .later(
                () -> {
                  if (asked == turnAsked && carrier().writable()) {
                    carrier().handOver(this, comment());
                  }
                  watchSilence();
                },
                shared().settings().idleTimeout().toNanos() / 2);
  }

  private Part comment() {
    ByteBuf bytes = carrier().allocator().directBuffer().writeBytes(Framing.COMMENT);
    return new Part(null, bytes, 0, 200, true, Then.AS_BEFORE);
  }

  @Override
  void over() {
    if (silence != null) {
      silence.cancel(false);
    }
  }

  @Override
  Outgoing encode(Reply reply, Envelope envelope) {
    return switch (reply) {
      case Reply.Routed(var answer, var left) ->
          answers(turns.get(turn).responses().of(answer, left), envelope);
      case Reply.Estimated _ -> refused(NO_ROOM, envelope); // there is none of several routes
      case Reply.Unreachable(var problem) ->
          turns.get(turn).optional()
              ? answers(List.of(), envelope)
              : fault(Statuses.unreachable(problem), Fault.NO_ROUTE, envelope);
      case Reply.Invalid(var problem) ->
          problem.equals(Inflation.TOO_LARGE)
              ? shared().encoder().canned(Fixed.tooLarge(head().shape()), envelope)
              : fault(Statuses.invalid(problem), Statuses.fault(problem), envelope);
      case Reply.Refused(var refusal) -> refused(refusal, envelope);
      case Reply.Failed(String incident) -> failed(incident, envelope);
    };
  }

  @Override
  Outgoing failed(String incident, Envelope envelope) {
    return fault(Statuses.failed(incident), Fault.INTERNAL, envelope);
  }

  private Outgoing answers(@Nullable List<A> responses, Envelope envelope) {
    if (responses == null) {
      return refused(NO_ROOM, envelope);
    }
    if (head().headOnly()) {
      return shared().encoder().head(framing, envelope);
    }
    turn++;
    boolean last = turn == turns.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (A response : responses) {
      framing.add(response, messages++, method.event(), out);
    }
    if (last) {
      framing.addEnd(messages, out);
    }
    if (!shared().held().tryHoldAnswer(out.size())) {
      return refused(HeldBytes.SLOW_READERS, envelope);
    }
    Then then = last ? Then.END : Then.MORE;
    try {
      return part(out.toByteArray(), out.size(), 200, then, envelope);
    } catch (RuntimeException | Error fault) { // there may be no memory left
      shared().held().releaseAnswer(out.size());
      throw fault;
    }
  }

  /** As one answer is, as long as nothing was sent; later it is the stream that says so. */
  private Outgoing refused(Refusal refusal, Envelope envelope) {
    AnswerEncoder encoder = shared().encoder();
    if (!begun) {
      return encoder.refused(refusal, envelope);
    }
    Canned told = encoder.refusal(refusal, head().shape());
    return part(framing.fault(told.body(), sent), 0, told.status(), Then.END, envelope);
  }

  private Outgoing fault(Status status, Fault fault, Envelope envelope) {
    byte[] told = head().shape().write(status);
    int http = fault.httpStatus();
    return begun || framing.isConnect()
        ? part(framing.fault(told, sent), 0, http, Then.END, envelope)
        : shared().encoder().message(http, Codec.JSON, told, NOTHING, envelope);
  }

  /** Without chunks, only the end of the connection tells callers that there is no more. */
  private Part part(byte[] body, int heldBytes, int status, Then then, Envelope envelope) {
    Envelope own = head().http10() ? envelope.closing() : envelope;
    ByteBuf bytes = own.allocator().directBuffer(body.length).writeBytes(body);
    Encoded begin = begun ? null : shared().encoder().head(framing, own);
    begun = true;
    sent = messages;
    return new Part(begin, bytes, heldBytes, status, own.keepAlive(), then);
  }
}
