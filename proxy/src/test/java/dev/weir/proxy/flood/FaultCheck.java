package dev.weir.proxy.flood;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.weir.proxy.flood.WebCaller.Reply;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.transport.contract.Fault;
import io.grpc.Metadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what ended a call against the table of faults. */
final class FaultCheck {

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private FaultCheck() {}

  /** Over HTTP, where the status of a stream that has begun says nothing of its end. */
  static Told web(Reply reply, Outcome outcome, List<?> content, boolean begun) {
    Status status = outcome.fault();
    if (status == null) {
      return new Told.Answer(content);
    }
    if (begun) {
      must(reply.status() == 200, "status " + reply.status(), status);
    } else if (isRefusal(status)) {
      head(reply, fault(status), retryMillis(status));
    }
    return told(status, content);
  }

  /** A refusal that is told by the head of an answer. */
  static void head(Reply reply, Fault fault, long retryMillis) {
    String expected = fault.asksBack() ? String.valueOf((retryMillis + 999) / 1_000) : "";
    must(reply.status() == fault.httpStatus(), "status " + reply.status(), fault);
    must(fault.asksBack() == retryMillis > 0, "retry " + retryMillis, fault);
    must(
        reply.header("retry-after").equals(expected),
        "Retry-After " + reply.header("retry-after"),
        fault);
  }

  static Told grpc(
      @Nullable Status status, io.grpc.Status end, @Nullable Metadata trailers, List<?> content) {
    if (status == null) {
      throw new AssertionError("no details of " + end);
    }
    must(end.getCode().value() == status.getCode(), "code of the call", end);
    if (isRefusal(status)) {
      String pushback = trailers == null ? null : trailers.get(PUSHBACK);
      String expected = fault(status).asksBack() ? String.valueOf(retryMillis(status)) : null;
      must(Objects.equals(pushback, expected), "pushback " + pushback, status);
    }
    return told(status, content);
  }

  private static Told told(Status status, List<?> content) {
    Fault fault = fault(status);
    long retryMillis = retryMillis(status);
    must(status.getCode() == fault.code().getNumber(), "code", status);
    must(fault.asksBack() == retryMillis > 0, "retry " + retryMillis, status);
    if (isRefusal(status)) {
      return new Told.Refused(reason(fault), content);
    }
    List<Object> all = new ArrayList<>(content);
    all.add(status.getMessage());
    return new Told.Answer(all);
  }

  /** Whether it is not the map that says no. */
  private static boolean isRefusal(Status status) {
    Fault fault = fault(status);
    return fault != Fault.NO_ROUTE && fault != Fault.OUT_OF_BOUNDS;
  }

  /** Nothing but a refusal is allowed. */
  static Reason reason(Fault fault) {
    return Stream.of(Reason.values())
        .filter(reason -> Fault.of(reason) == fault)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no refusal: " + fault));
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

  static void must(boolean holds, String what, Object of) {
    if (!holds) {
      throw new AssertionError(what + " of " + of);
    }
  }
}
