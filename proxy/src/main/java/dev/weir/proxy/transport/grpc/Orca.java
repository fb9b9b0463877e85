package dev.weir.proxy.transport.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.WireFormat;
import com.google.protobuf.util.Durations;
import dev.weir.proxy.path.LoadReport;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Load as gRPC clients read it to balance by it: reports of the standard ORCA, at the end of each
 * call and as a stream of their own (gRFC A51). A report holds the calls per second and what is
 * asked for over what can be done. Thread-safe.
 */
final class Orca {

  private static final Metadata.Key<byte[]> PER_CALL =
      Metadata.Key.of("endpoint-load-metrics-bin", Metadata.BINARY_BYTE_MARSHALLER);

  // Fields of xds.data.orca.v3.OrcaLoadReport.
  private static final int CALLS_PER_SECOND = 6;
  private static final int APPLICATION_UTILIZATION = 9;

  /**
   * Told of a server that is asked for less than a percent: clients take 0 for not told, and give
   * it no weight (gRFC A58).
   */
  private static final double LEAST_UTILIZATION = 0.005;

  /** Field of xds.service.orca.v3.OrcaLoadReportRequest. */
  private static final int REPORT_INTERVAL = 1;

  private static final long LEAST_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Streams of reports; more are refused. */
  private static final int MOST_STREAMS = 1_000;

  private static final MethodDescriptor<byte[], byte[]> STREAM =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodType.SERVER_STREAMING)
          .setFullMethodName("xds.service.orca.v3.OpenRcaService/StreamCoreMetrics")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final LoadReport load;
  private final LongAdder calls = new LongAdder();
  private final Map<Subscription, Boolean> subscriptions = new ConcurrentHashMap<>();
  private volatile byte[] report;
  private volatile long sweptNanos;

  Orca(LoadReport load, long nowNanos) {
    this.load = load;
    this.sweptNanos = nowNanos;
    this.report = report(0, 0);
  }

  /** At the end of a call. */
  void addTo(Metadata trailers) {
    calls.increment();
    trailers.put(PER_CALL, report);
  }

  /** To be called every second or so, by one thread. */
  void sweep(long nowNanos) {
    double seconds = (nowNanos - sweptNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    sweptNanos = nowNanos;
    long ended = calls.sumThenReset();
    double utilization = Math.max(LEAST_UTILIZATION, load.loadPercent() / 100.0);
    report = report(seconds > 0 ? ended / seconds : 0, utilization);
    subscriptions.keySet().forEach(each -> each.tell(nowNanos));
  }

  private static byte[] report(double callsPerSecond, double utilization) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeDouble(CALLS_PER_SECOND, callsPerSecond);
      out.writeDouble(APPLICATION_UTILIZATION, utilization);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  ServerServiceDefinition service() {
    ServerCallHandler<byte[], byte[]> handler =
        (call, head) -> {
          call.request(1);
          return new Subscription(call);
        };
    return ServerServiceDefinition.builder("xds.service.orca.v3.OpenRcaService")
        .addMethod(STREAM, handler)
        .build();
  }

  /** Ends all streams of reports. */
  void drain() {
    subscriptions.keySet().forEach(Subscription::end);
  }

  /** Who wants reports. */
  private final class Subscription extends ServerCall.Listener<byte[]> {

    private final ServerCall<byte[], byte[]> call;
    private long intervalNanos;
    private long nextNanos;
    private boolean ended;

    Subscription(ServerCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onMessage(byte[] request) {
      synchronized (this) {
        try {
          intervalNanos = Math.max(LEAST_INTERVAL_NANOS, interval(request));
        } catch (IOException unreadable) {
          close(Status.INVALID_ARGUMENT.withDescription("This is no request for reports."));
          return;
        }
        if (subscriptions.size() >= MOST_STREAMS) {
          close(Status.RESOURCE_EXHAUSTED.withDescription("There are too many such streams."));
          return;
        }
        call.sendHeaders(new Metadata());
        call.sendMessage(report);
        nextNanos = sweptNanos + intervalNanos;
      }
      subscriptions.put(this, true);
    }

    synchronized void tell(long nowNanos) {
      if (!ended && nowNanos - nextNanos >= 0 && call.isReady()) {
        nextNanos = nowNanos + intervalNanos;
        call.sendMessage(report);
      }
    }

    synchronized void end() {
      close(Status.UNAVAILABLE.withDescription("The server is shutting down."));
    }

    private void close(Status status) {
      if (!ended) {
        ended = true;
        call.close(status, new Metadata());
      }
    }

    @Override
    public void onCancel() {
      leave();
    }

    @Override
    public void onComplete() {
      leave();
    }

    private synchronized void leave() {
      ended = true;
      subscriptions.remove(this);
    }
  }

  private static long interval(byte[] request) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(request);
    long nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == REPORT_INTERVAL
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        Duration interval = Duration.parseFrom(in.readByteArray());
        nanos = Durations.isValid(interval) ? Durations.toNanos(interval) : 0;
      } else {
        in.skipField(tag);
      }
    }
    return nanos;
  }

  /** Messages as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
