package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.rides.Quotes;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.Spread;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteQuery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to get from the bytes of a request to what it asks for, and from a reply to its
 * bytes: Netty's decoder with ours around it, the head, the query, a refusal, answers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {

  private static final int ANSWER_BYTES = 4_096;
  private static final String QUERY =
      "point=43.738400,7.424600&point=43.731100,7.419700&profile=car&locale=en&instructions=true";
  private static final String REQUEST =
      "GET /route?"
          + QUERY
          + " HTTP/1.1\r\nHost: localhost:8989\r\nUser-Agent: rider\r\n"
          + "Accept: application/json\r\nAccept-Encoding: gzip\r\n\r\n";

  private static final LoadReport BUSY =
      new LoadReport() {
        @Override
        public int loadPercent() {
          return 400;
        }

        @Override
        public Priority lowestAdmitted() {
          return Priority.CRITICAL;
        }
      };

  private final HttpSettings settings = settings();
  private final Observations observer = new Observations("benchmark");
  private final HeldBytes held = new HeldBytes(settings.maxPendingAnswerBytes(), observer);
  private final AnswerEncoder encoder =
      new AnswerEncoder(
          new Refusals(new Spread(1)),
          new LoadLines(BUSY),
          new HttpDate(InstantSource.system(), System::nanoTime),
          held);
  private final RestRoutes routes =
      new RestRoutes(
          new Quotes(
              new Live<>(RidesSettings.standard()),
              InstantSource.system(),
              new SplittableRandom(1)));
  private final RpcMethods methods = new RpcMethods(routes.methods());
  private final EmbeddedChannel channel = new EmbeddedChannel(new StrictDecoder(settings));
  private final ByteBuf request = Unpooled.directBuffer().writeBytes(REQUEST.getBytes(US_ASCII));
  private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
  private final Reply refusal =
      new Reply.Refused(new Refusal(Reason.OVER_CAPACITY, Duration.ofSeconds(1)));
  private final Reply answer =
      new Reply.Routed(new Rendered(Rendered.Media.JSON, text(), 3.2), Set.of());
  private RequestHead plain = RequestHead.unreadable(0);
  private RequestHead gzip = RequestHead.unreadable(0);

  private static HttpSettings settings() {
    Reading reading =
        SettingsReader.read(
            null,
            new Overrides(null, null, null, null, null, null),
            new Places(Path.of("none"), Path.of("none")));
    if (reading instanceof Reading.Accepted(var settings)) {
      return settings.http();
    }
    throw new IllegalStateException("The defaults are refused: " + reading);
  }

  /** As easy to compress as JSON with coordinates. */
  private static byte[] text() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder("{\"points\":[");
    while (text.length() < ANSWER_BYTES) {
      text.append("[7.").append(random.nextInt(100_000, 1_000_000)).append(",43.");
      text.append(random.nextInt(100_000, 1_000_000)).append("],");
    }
    return text.substring(0, ANSWER_BYTES).getBytes(US_ASCII);
  }

  @Setup
  public void readHeads() {
    gzip = readHead();
    plain =
        new RequestHead(
            gzip.endpoint(),
            gzip.method(),
            gzip.path(),
            gzip.query(),
            false,
            false,
            true,
            false,
            false,
            false,
            null,
            null,
            0);
  }

  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
    request.release();
    observer.close();
  }

  /** From bytes to what is known before the query is looked at. */
  @Benchmark
  public RequestHead readHead() {
    channel.writeInbound(request.retainedDuplicate());
    HttpRequest decoded = channel.readInbound();
    RequestHead head = RequestHead.of(decoded, routes, methods, 0);
    channel.releaseInbound();
    return head;
  }

  /** What a worker does first. */
  @Benchmark
  public RouteQuery readQuery() throws MalformedQuery {
    return RouteParameters.read(new Parameters(QUERY));
  }

  @Benchmark
  public int writeRefusal() {
    return released(encoder.encode(refusal, new Envelope(plain, true, false, allocator)));
  }

  @Benchmark
  public int writeAnswer() {
    return released(encoder.encode(answer, new Envelope(plain, true, false, allocator)));
  }

  @Benchmark
  public int writeAnswerCompressed() {
    return released(encoder.encode(answer, new Envelope(gzip, true, false, allocator)));
  }

  private int released(Encoded encoded) {
    held.releaseAnswer(encoded.heldBytes());
    encoded.bytes().release();
    return encoded.bodyBytes();
  }
}
