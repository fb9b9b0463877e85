package dev.weir.chaos.load;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    String place(SplittableRandom random) {
      double latitude = south + random.nextDouble() * (north - south);
      double longitude = west + random.nextDouble() * (east - west);
      return String.format(Locale.ROOT, "%.5f,%.5f", latitude, longitude);
    }
  }
}
