package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.rides.Quotes;
import dev.weir.routing.MalformedQuery;
import dev.weir.v1.Bounds;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Instruction;
import dev.weir.v1.Location;
import dev.weir.v1.Polyline;
import dev.weir.v1.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a request of the contract, and to write a route of a city: 14 instructions,
 * a line of 150 points, about 3,000 bytes of JSON. Beside our writer stand the library's, which it
 * replaced, and Jackson's of a tree that says the same.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranscodingBenchmark {

  private static final int INSTRUCTIONS = 14;
  private static final int LINE_CHARACTERS = 150 * 5;
  private static final byte[] NO_BODY = new byte[0];
  private static final String PATH = "/v1/profiles/car/route";
  private static final String QUERY =
      "origin.latitude=43.7384&origin.longitude=7.4246&destination.latitude=43.7311"
          + "&destination.longitude=7.4197&instructions=true&locale=en";
  private static final byte[] DOCUMENT =
      ("{\"origin\":{\"latitude\":43.7384,\"longitude\":7.4246},\"destination\":"
           + "{\"latitude\":43.7311,\"longitude\":7.4197},\"instructions\":true,\"locale\":\"en\"}")
          .getBytes(US_ASCII);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFormat.Printer LIBRARY =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final RestRoutes routes =
      new RestRoutes(
          new Quotes(
              new Live<>(RidesSettings.standard()),
              InstantSource.system(),
              new SplittableRandom(1)));
  private final GetRouteResponse route = route();
  private final JsonNode tree = tree(route);

  private static GetRouteResponse route() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder line = new StringBuilder();
    while (line.length() < LINE_CHARACTERS) {
      line.append((char) random.nextInt('?', 127));
    }
    Route.Builder route =
        Route.newBuilder()
            .setDistanceMeters(random.nextDouble(5_000))
            .setDuration(Durations.fromMillis(654_321))
            .setPolyline(Polyline.newBuilder().setEncoded(line.toString()).setPrecision(5))
            .setBounds(Bounds.newBuilder().setSouthwest(place(random)).setNortheast(place(random)))
            .addSnapped(place(random))
            .addSnapped(place(random));
    for (int i = 0; i < INSTRUCTIONS; i++) {
      route.addInstructions(
          Instruction.newBuilder()
              .setText("Turn slight right onto Avenue de l'Annonciade")
              .setStreet("Avenue de l'Annonciade")
              .setDistanceMeters(random.nextDouble(500))
              .setDuration(Durations.fromMillis(random.nextInt(60_000)))
              .setSign(random.nextInt(-3, 4))
              .setFirstPoint(i * 10)
              .setLastPoint(i * 10 + 10));
    }
    return GetRouteResponse.newBuilder().setRoute(route).build();
  }

  private static Location place(SplittableRandom random) {
    return Location.newBuilder()
        .setLatitude(Math.round(random.nextDouble(43, 44) * 1e6) / 1e6)
        .setLongitude(Math.round(random.nextDouble(7, 8) * 1e6) / 1e6)
        .build();
  }

  private static JsonNode tree(Message message) {
    try {
      return MAPPER.readTree(ContractJson.bytes(message));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From path and query to a request, its rules not yet checked. */
  @Benchmark
  public Object bindQuery() throws MalformedQuery {
    return read("GET", QUERY, NO_BODY);
  }

  /** The same with a document. */
  @Benchmark
  public Object bindDocument() throws MalformedQuery {
    return read("POST", "", DOCUMENT);
  }

  private Object read(String verb, String query, byte[] document) throws MalformedQuery {
    if (routes.find(verb, PATH) instanceof RestRoutes.Found<?, ?> found) {
      return found.read(query, document);
    }
    throw new IllegalStateException("there is no " + verb + " " + PATH);
  }

  @Benchmark
  public byte[] writeJson() {
    return Codec.JSON.write(route);
  }

  @Benchmark
  public byte[] writeJsonByTheLibrary() throws InvalidProtocolBufferException {
    return LIBRARY.print(route).getBytes(UTF_8);
  }

  /** A tree that is there already: what takes a route to make one is not counted. */
  @Benchmark
  public byte[] writeTree() throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** As gRPC sends it. */
  @Benchmark
  public byte[] writeBinary() {
    return Codec.PROTO.write(route);
  }
}
