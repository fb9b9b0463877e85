package dev.weir.proxy.flood;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import dev.weir.proxy.Server;
import dev.weir.proxy.flood.WebCaller.Reply;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.v1.QuoteRideResponse;
import dev.weir.v1.RideNotice;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Asks the questions of the contract in any way, and holds what comes back against the table of
 * faults: an answer is whole, or a refusal with everything that belongs to it. Thread-safe.
 */
final class ContractCaller implements AutoCloseable {

  /** Far beyond what a server needs that answers at all. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String PRIORITY = "x-weir-priority";
  private static final String QUOTE_ID = "[A-Za-z0-9_-]{90}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String priority;
  private final WebCaller web;
  private final ManagedChannel channel;
  private final Channel claiming;

  /**
   * @param priority that it claims
   */
  ContractCaller(Server server, String priority) {
    this.priority = priority;
    this.web = new WebCaller(server.httpPort(), PATIENCE);
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    Metadata claims = new Metadata();
    claims.put(Metadata.Key.of(PRIORITY, Metadata.ASCII_STRING_MARSHALLER), priority);
    this.claiming =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(claims));
  }

  /**
   * Asks and waits.
   *
   * @param question that has that form
   * @throws AssertionError if what comes back is neither answer nor refusal, or not told as it
   *     should
   */
  Told ask(Way way, Question<?, ?> question) throws IOException, InterruptedException {
    return switch (way.form()) {
      case GRAPHHOPPER -> own(get(way, Objects.requireNonNull(question.own())));
      case REST, EVENTS, ARRAY -> rest(way, question);
      case CONNECT_JSON, CONNECT_PROTO -> connect(way, question);
      case GRPC -> grpc(question);
    };
  }

  private Reply get(Way way, String target) throws IOException, InterruptedException {
    return web.ask(way.http2(), target, null, "", PRIORITY, priority);
  }

  private static Told own(Reply reply) throws IOException {
    JsonNode body = JSON.readTree(reply.text());
    if (reply.status() == 200) {
      ((ObjectNode) body).remove("info"); // how long it took
    } else if (!body.has("code") && reply.status() >= 429) {
      JsonNode hint = body.path("hints").path(0);
      Fault fault = Fault.valueOf(hint.path("reason").asText().toUpperCase(Locale.ROOT));
      FaultCheck.head(reply, fault, hint.path("retry_after_ms").asLong());
      return new Told.Refused(FaultCheck.reason(fault), List.of());
    }
    return new Told.Answer(List.of(body));
  }

  private Told rest(Way way, Question<?, ?> question) throws IOException, InterruptedException {
    String accept =
        switch (way.form()) {
          case EVENTS -> "text/event-stream";
          case ARRAY -> "application/json";
          default -> "*/*";
        };
    Reply reply =
        web.ask(
            way.http2(),
            Objects.requireNonNull(question.rest()),
            question.posted() ? json(question.request()) : null,
            "application/json",
            PRIORITY,
            priority,
            "accept",
            accept);
    Outcome outcome =
        question.streamed()
            ? Outcome.rest(reply, way.form(), question::response)
            : Outcome.rest(reply, question.response());
    return FaultCheck.web(reply, outcome, lasting(outcome), !outcome.messages().isEmpty());
  }

  private static byte[] json(Message message) throws IOException {
    return JsonFormat.printer().print(message).getBytes(UTF_8);
  }

  private Told connect(Way way, Question<?, ?> question) throws IOException, InterruptedException {
    boolean json = way.form() == Way.Form.CONNECT_JSON;
    byte[] asked = json ? json(question.request()) : question.request().toByteArray();
    Reply reply =
        web.ask(
            way.http2(),
            "/" + question.method().getFullMethodName(),
            question.streamed() ? frame(asked) : asked,
            "application/" + (question.streamed() ? "connect+" : "") + (json ? "json" : "proto"),
            PRIORITY,
            priority);
    Outcome outcome =
        question.streamed()
            ? Outcome.connect(reply, json, question::response)
            : Outcome.connect(reply, json, question.response());
    return FaultCheck.web(reply, outcome, lasting(outcome), question.streamed());
  }

  private static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private Told grpc(Question<?, ?> question) throws InterruptedException {
    List<Message> messages = new ArrayList<>();
    try {
      if (question.request() instanceof TrackRideRequest start) {
        RiddenRide.ride(
            ClientCalls.blockingBidiStreamingCall(
                claiming, RoutingServiceGrpc.getTrackRideMethod(), options()),
            start,
            messages::add);
      } else {
        call(question, messages);
      }
    } catch (StatusException end) {
      return FaultCheck.grpc(
          StatusProto.fromThrowable(end), end.getStatus(), end.getTrailers(), messages);
    } catch (StatusRuntimeException end) {
      return FaultCheck.grpc(
          StatusProto.fromThrowable(end), end.getStatus(), end.getTrailers(), messages);
    }
    if (messages.getLast() instanceof TrackRideResponse last && last.hasNotice()) {
      return notice(last.getNotice(), messages.subList(0, messages.size() - 1));
    }
    return new Told.Answer(lasting(new Outcome(messages, null)));
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <Q extends Message, A extends Message> void call(
      Question<Q, A> question, List<Message> messages) {
    ClientCalls.blockingServerStreamingCall(
            claiming, question.method(), options(), question.request())
        .forEachRemaining(messages::add);
  }

  /** Riders that have a route are told of a refusal by a message. */
  private static Told notice(RideNotice notice, List<Message> before) {
    FaultCheck.must(Durations.toMillis(notice.getRetryAfter()) > 0, "retry", notice);
    String name = notice.getReason().name().substring("ERROR_REASON_".length());
    return new Told.Refused(FaultCheck.reason(Fault.valueOf(name)), before);
  }

  /** Each quote is one of its own, but costs the same. */
  private static List<Message> lasting(Outcome outcome) {
    return outcome.messages().stream()
        .map(
            message -> {
              if (!(message instanceof QuoteRideResponse response)) {
                return message;
              }
              FaultCheck.must(response.getQuote().getId().matches(QUOTE_ID), "id", response);
              QuoteRideResponse.Builder same = response.toBuilder();
              same.getQuoteBuilder().clearId().clearValidUntil();
              return same.build();
            })
        .toList();
  }

  @Override
  public void close() {
    web.close();
    channel.shutdownNow();
  }
}
