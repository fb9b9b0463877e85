package dev.weir.chaos.load;

import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.Search;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a server in calm times what can be asked, and keeps what it answered. */
public final class Questions {

  private static final Pattern BOX =
      Pattern.compile("\"bbox\":\\[([-0-9.]+),([-0-9.]+),([-0-9.]+),([-0-9.]+)");

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int TRIES_EACH = 20;

  private Questions() {}

  /**
   * Routes between random places of the map, every third in flexible mode.
   *
   * @param count at least one
   * @throws IOException if the server does not answer, or knows hardly any of the places
   */
  public static List<Question> routes(InetSocketAddress server, int count, long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Area area = Area.of(ask(server, "/info"));
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < count * TRIES_EACH && questions.size() < count; i++) {
      String target =
          "/route?profile=car&point=%s&point=%s%s"
              .formatted(
                  area.place(random),
                  area.place(random),
                  questions.size() % 3 == 2 ? "&ch.disable=true&lm.disable=true" : "");
      try {
        questions.add(new Question(target, Question.essence(ask(server, target))));
      } catch (NoAnswer e) {
        // a place in the sea, or one that no road leads to
      }
    }
    return enough(questions, count);
  }

  /**
   * The same by gRPC, with instructions.
   *
   * @param http where the map is asked for
   * @param grpc where routes are
   */
  public static List<Question> calls(
      InetSocketAddress http, InetSocketAddress grpc, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Area area = Area.of(ask(http, "/info"));
    List<Question> questions = new ArrayList<>();
    ManagedChannel channel = NettyChannelBuilder.forAddress(grpc).usePlaintext().build();
    try {
      for (int i = 0; i < count * TRIES_EACH && questions.size() < count; i++) {
        byte[] request = call(area, random, questions.size() % 3 == 2).toByteArray();
        byte[] answer = ask(channel, request);
        if (answer != null) {
          questions.add(new Question(RawCall.text(request), RawCall.text(answer)));
        }
      }
    } finally {
      channel.shutdownNow();
    }
    return enough(questions, count);
  }

  private static GetRouteRequest call(Area area, SplittableRandom random, boolean flexible) {
    return GetRouteRequest.newBuilder()
        .setProfile("car")
        .setOrigin(area.location(random))
        .setDestination(area.location(random))
        .setSearch(flexible ? Search.SEARCH_FLEXIBLE : Search.SEARCH_UNSPECIFIED)
        .setInstructions(true)
        .build();
  }

  /** The message of a good answer, {@code null} if there is no way. */
  private static byte @Nullable [] ask(ManagedChannel channel, byte[] request) throws IOException {
    try {
      return ClientCalls.blockingUnaryCall(
          channel,
          RawCall.GET_ROUTE,
          CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS),
          request);
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case NOT_FOUND, INVALID_ARGUMENT -> null;
        default -> throw new IOException("a call answered " + e.getStatus(), e);
      };
    }
  }

  private static List<Question> enough(List<Question> questions, int count) throws IOException {
    if (questions.size() < count) {
      throw new IOException("the server knows hardly any place of its own map");
    }
    return questions;
  }

  /** The body of a good answer. */
  static String ask(InetSocketAddress server, String target) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + server.getPort() + target);
    HttpURLConnection http = (HttpURLConnection) uri.toURL().openConnection();
    http.setConnectTimeout(PATIENCE_MILLIS);
    http.setReadTimeout(PATIENCE_MILLIS);
    int status = http.getResponseCode();
    if (status != 200) {
      http.disconnect(); // or it stays open, since nobody reads what it says
      throw new NoAnswer(target + " answered " + status);
    }
    try (InputStream body = http.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1;

    NoAnswer(String message) {
      super(message);
    }
  }

  /** A rectangle of the earth, in degrees. */
  private record Area(double west, double south, double east, double north) {

    static Area of(String info) throws IOException {
      Matcher box = BOX.matcher(info);
      if (!box.find()) {
        throw new IOException("the server does not say where its map lies");
      }
      return new Area(
          Double.parseDouble(box.group(1)),
          Double.parseDouble(box.group(2)),
          Double.parseDouble(box.group(3)),
          Double.parseDouble(box.group(4)));
    }

    Location location(SplittableRandom random) {
      return Location.newBuilder()
          .setLatitude(south + random.nextDouble() * (north - south))
          .setLongitude(west + random.nextDouble() * (east - west))
          .build();
    }

    String place(SplittableRandom random) {
      double latitude = south + random.nextDouble() * (north - south);
      double longitude = west + random.nextDouble() * (east - west);
      return String.format(Locale.ROOT, "%.5f,%.5f", latitude, longitude);
    }
  }
}
