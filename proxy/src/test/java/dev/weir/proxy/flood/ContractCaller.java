package dev.weir.proxy.flood;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.weir.proxy.Server;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the questions of the contract on any transport, and holds what comes back against the table
 * of faults: an answer is whole, or a refusal with everything that belongs to it. Thread-safe.
 */
final class ContractCaller implements AutoCloseable {

  /** Far beyond what a server needs that answers at all. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String CONNECT = "/weir.v1.RoutingService/";
  private static final String PRIORITY = "x-weir-priority";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFormat.Parser STATUS =
      JsonFormat.parser()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorInfo.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .build());

  private final int port;
  private final String priority;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ManagedChannel channel;

  /** The ways to ask. */
  enum Transport {
    GRAPHHOPPER,
    REST,
    CONNECT_JSON,
    CONNECT_PROTO,
    GRPC
  }

  /**
   * @param priority that it claims
   */
  ContractCaller(Server server, String priority) {
    this.port = server.httpPort();
    this.priority = priority;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  /**
   * Asks and waits.
   *
   * @throws AssertionError if what comes back is neither answer nor refusal, or not told as it
   *     should
   */
  Told ask(Transport transport, Question question) throws IOException, InterruptedException {
    return switch (transport) {
      case GRAPHHOPPER -> own(send(request(question.own())));
      case REST -> rest(send(request(question.rest())), question);
      case CONNECT_JSON ->
          connect(send(post(question, "application/json", json(question.request()))), question);
      case CONNECT_PROTO ->
          connect(
              send(post(question, "application/proto", question.request().toByteArray())),
              question);
      case GRPC -> grpc(question);
    };
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
        .header(PRIORITY, priority)
        .timeout(PATIENCE);
  }

  private HttpRequest.Builder post(Question question, String type, byte[] body) {
    return request(CONNECT + question.rpc())
        .header("Content-Type", type)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] json(Message message) throws IOException {
    return JsonFormat.printer().print(message).getBytes(UTF_8);
  }

  private static Told own(HttpResponse<byte[]> heard) throws IOException {
    JsonNode body = JSON.readTree(heard.body());
    if (heard.statusCode() == 200) {
      ((ObjectNode) body).remove("info"); // how long it took
      return new Told.Answer(body);
    }
    if (body.has("code") || heard.statusCode() < 429) {
      return new Told.Answer(body);
    }
    JsonNode hint = body.path("hints").path(0);
    Fault fault = Fault.valueOf(hint.path("reason").asText().toUpperCase(Locale.ROOT));
    return refused(fault, heard, hint.path("retry_after_ms").asLong());
  }

  private static Told rest(HttpResponse<byte[]> heard, Question question) throws IOException {
    String text = new String(heard.body(), UTF_8);
    if (heard.statusCode() == 200) {
      Message.Builder answer = question.response().newBuilderForType();
      JsonFormat.parser().merge(text, answer);
      return new Told.Answer(answer.build());
    }
    Status.Builder status = Status.newBuilder();
    STATUS.merge(text, status);
    return told(status.build(), heard);
  }

  private static Told connect(HttpResponse<byte[]> heard, Question question) throws IOException {
    if (heard.statusCode() == 200) {
      Message.Builder answer = question.response().newBuilderForType();
      if (heard.headers().firstValue("Content-Type").orElse("").equals("application/proto")) {
        answer.mergeFrom(heard.body());
      } else {
        JsonFormat.parser().merge(new String(heard.body(), UTF_8), answer);
      }
      return new Told.Answer(answer.build());
    }
    JsonNode error = JSON.readTree(heard.body());
    Status.Builder status =
        Status.newBuilder()
            .setMessage(error.path("message").asText())
            .setCode(
                com.google.rpc.Code.valueOf(error.path("code").asText().toUpperCase(Locale.ROOT))
                    .getNumber());
    for (JsonNode detail : error.path("details")) {
      status.addDetails(
          Any.newBuilder()
              .setTypeUrl("type.googleapis.com/" + detail.path("type").asText())
              .setValue(
                  com.google.protobuf.ByteString.copyFrom(
                      Base64.getDecoder().decode(detail.path("value").asText()))));
    }
    return told(status.build(), heard);
  }

  private static Told told(Status status, HttpResponse<?> heard) throws IOException {
    Fault fault = fault(status);
    if (fault == Fault.NO_ROUTE || fault == Fault.OUT_OF_BOUNDS) {
      return new Told.Answer(status.getMessage());
    }
    must(status.getCode() == fault.code().getNumber(), "code", status);
    return refused(fault, heard, retryMillis(status));
  }

  private static Told refused(Fault fault, HttpResponse<?> heard, long retryMillis) {
    String seconds = heard.headers().firstValue("Retry-After").orElse("");
    String expected = fault.asksBack() ? String.valueOf((retryMillis + 999) / 1_000) : "";
    must(heard.statusCode() == fault.httpStatus(), "status " + heard.statusCode(), fault);
    must(fault.asksBack() == retryMillis > 0, "retry " + retryMillis, fault);
    must(seconds.equals(expected), "Retry-After " + seconds, fault);
    return new Told.Refused(reason(fault));
  }

  private Told grpc(Question question) {
    Metadata headers = new Metadata();
    headers.put(key(PRIORITY), priority);
    RoutingServiceBlockingStub stub =
        RoutingServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return new Told.Answer(question.call().apply(stub));
    } catch (StatusRuntimeException end) {
      return told(end);
    }
  }

  private static Told told(StatusRuntimeException end) {
    Status status = StatusProto.fromThrowable(end);
    if (status == null) {
      throw new AssertionError("no status", end);
    }
    Fault fault = fault(status);
    if (fault == Fault.NO_ROUTE || fault == Fault.OUT_OF_BOUNDS) {
      return new Told.Answer(status.getMessage());
    }
    must(status.getCode() == fault.code().getNumber(), "code", status);
    must(end.getStatus().getCode().value() == status.getCode(), "code of the call", end);
    long millis = retryMillis(status);
    Metadata trailers = end.getTrailers();
    String pushback = trailers == null ? null : trailers.get(key("grpc-retry-pushback-ms"));
    must(fault.asksBack() == millis > 0, "retry " + millis, fault);
    must(
        pushback == null ? !fault.asksBack() : pushback.equals(String.valueOf(millis)),
        "pushback " + pushback,
        fault);
    return new Told.Refused(reason(fault));
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static Fault fault(Status status) {
    return Fault.valueOf(
        detail(status, ErrorInfo.class, ErrorInfo.getDefaultInstance()).getReason());
  }

  private static long retryMillis(Status status) {
    RetryInfo retry = detail(status, RetryInfo.class, RetryInfo.getDefaultInstance());
    return Durations.toMillis(retry.getRetryDelay());
  }

  private static <T extends Message> T detail(Status status, Class<T> type, T none) {
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(type)) {
          return detail.unpack(type);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(status.toString(), e);
    }
    return none;
  }

  /** Nothing but a refusal is allowed from here on. */
  private static Reason reason(Fault fault) {
    return Stream.of(Reason.values())
        .filter(reason -> Fault.of(reason) == fault)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no refusal: " + fault));
  }

  private static void must(boolean holds, String what, @Nullable Object of) {
    if (!holds) {
      throw new AssertionError(what + " of " + of);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    channel.shutdownNow();
  }
}
