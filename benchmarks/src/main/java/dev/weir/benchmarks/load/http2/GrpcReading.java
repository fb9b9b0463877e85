package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.Remarks;
import dev.weir.v1.Degradation;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.StringJoiner;

/** Reads answers to gRPC calls, and says their statuses in the numbers of HTTP. */
final class GrpcReading implements Reading {
  private static final AsciiString STATUS = AsciiString.cached("grpc-status");
  private static final int NONE = -1;
  private static final int OK = 200;

  private final GrpcMessages messages = new GrpcMessages(field -> {});
  private final GrpcRefusals refusals;
  private Remarks remarks = Remarks.NONE;
  private int status;
  private int head;
  private long bytes;
  private boolean complete;

  GrpcReading(GrpcRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void begin(int question) {
    messages.reset();
    remarks = Remarks.NONE;
    status = NONE;
    head = 0;
    bytes = 0;
    complete = false;
  }

  @Override
  public void headers(Http2Headers headers) {
    CharSequence http = headers.status();
    if (http != null) {
      head = Numbers.of(http, 0);
    }
    CharSequence code = headers.get(STATUS);
    if (code != null) {
      status = Numbers.of(code, Status.Code.UNKNOWN.value());
      if (status != Status.Code.OK.value()) {
        remarks = refusals.remarks(headers);
      }
    }
  }

  @Override
  public void data(ByteBuf data) {
    bytes += data.readableBytes();
    messages.feed(data);
  }

  @Override
  public void end() {
    complete = true;
  }

  /** As clients of gRPC take it: whose deadline has passed is told no more than that. */
  @Override
  public void reset(long code) {
    if (code == Http2Error.REFUSED_STREAM.code()) {
      gaveUp(Status.Code.UNAVAILABLE, "refused_stream");
    } else if (code == Http2Error.CANCEL.code()) {
      gaveUp(Status.Code.DEADLINE_EXCEEDED, "reset");
    }
  }

  private void gaveUp(Status.Code as, String reason) {
    status = as.value();
    remarks = new Remarks(-1, reason, "");
    complete = true;
  }

  @Override
  public int status() {
    return !complete ? 0 : status == NONE ? (head == OK ? 0 : head) : http(status);
  }

  /** The HTTP status of whatever the same end is over HTTP. */
  private static int http(int code) {
    return switch (Status.fromCodeValue(code).getCode()) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
    };
  }

  @Override
  public boolean right() {
    return complete && messages.right();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Remarks remarks() {
    int degradations = messages.degradations();
    return remarks.equals(Remarks.NONE) && degradations != 0
        ? new Remarks(-1, "", words(degradations))
        : remarks;
  }

  /** As HTTP names them. */
  private static String words(int degradations) {
    StringJoiner words = new StringJoiner(", ");
    for (int value = 1; value < Integer.SIZE; value++) {
      Degradation one = Degradation.forNumber(value);
      if ((degradations & (1 << value)) != 0 && one != null) {
        words.add(one.name().replace("DEGRADATION_", "").toLowerCase(Locale.ROOT));
      }
    }
    return words.toString();
  }
}
