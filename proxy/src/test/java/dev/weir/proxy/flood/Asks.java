package dev.weir.proxy.flood;

import dev.weir.proxy.flood.Ask.Sort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/** Makes requests on the map of Monaco. Confined to one thread; equal seeds, equal requests. */
public final class Asks {

  /** Places on roads, as {@code lat,lon}. */
  private static final List<String> PLACES =
      List.of(
          "43.738400,7.424600",
          "43.731100,7.419700",
          "43.740300,7.426900",
          "43.733800,7.416900",
          "43.744300,7.430900",
          "43.728700,7.414800");

  private final RandomGenerator random;

  Asks(RandomGenerator random) {
    this.random = random;
  }

  /** Anything that a decent caller may send; one in six is expensive. */
  Ask any() {
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> flexibleRoute(10 + random.nextInt(30));
      case 3 -> isochrone();
      case 4 -> tree();
      case 5 -> get(Sort.NEAREST, 0, "/nearest?point=" + place(random.nextInt(PLACES.size())));
      case 6 -> get(Sort.INFO, 0, "/info");
      case 7 -> get(Sort.NOWHERE, 0, "/nowhere");
      case 8 -> post("{\"profile\":", Sort.WRONG_BODY, 0);
      case 9 -> get(Sort.OFF_THE_MAP, 2, "/route?profile=car&point=1,1&point=1,2");
      case 10 -> posted(2 + random.nextInt(4));
      case 11 -> postedInChunks(2 + random.nextInt(4));
      case 12 -> postedZipped(2 + random.nextInt(4));
      case 13 -> hasty();
      default -> speedRoute(2 + random.nextInt(4));
    };
  }

  Ask speedRoute(int points) {
    return get(Sort.ROUTE, points, route(points));
  }

  /** Searches the graph itself between each two points: the more points, the more work. */
  Ask flexibleRoute(int points) {
    return get(Sort.ROUTE, points, route(points) + "&ch.disable=true&lm.disable=true");
  }

  /** Can hardly wait. */
  private Ask hasty() {
    return request(
        Sort.ROUTE,
        3,
        "GET " + route(3) + " HTTP/1.1\r\nX-Request-Timeout-Ms: " + (1 + random.nextInt(60)),
        "");
  }

  Ask isochrone() {
    return get(
        Sort.ISOCHRONE,
        0,
        "/isochrone?profile=car&buckets=3&time_limit=900&point=" + place(random.nextInt(6)));
  }

  Ask tree() {
    return get(Sort.TREE, 0, "/spt?profile=car&time_limit=1800&point=" + place(0));
  }

  /** A large answer that costs no computing. */
  Ask words() {
    return get(Sort.WORDS, 0, "/i18n/de");
  }

  Ask posted(int points) {
    return post(document(points), Sort.ROUTE, points);
  }

  private Ask post(String document, Sort sort, int points) {
    return request(sort, points, posting() + "Content-Length: " + document.length(), document);
  }

  private Ask postedInChunks(int points) {
    String document = document(points);
    int cut = random.nextInt(document.length() - 1) + 1;
    String body = chunk(document.substring(0, cut)) + chunk(document.substring(cut)) + chunk("");
    return request(Sort.ROUTE, points, posting() + "Transfer-Encoding: chunked", body);
  }

  private static String chunk(String content) {
    return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
  }

  private Ask postedZipped(int points) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(document(points).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String head = posting() + "Content-Encoding: gzip\r\nContent-Length: " + zipped.size();
    return request(Sort.ROUTE, points, head, zipped.toString(StandardCharsets.ISO_8859_1));
  }

  private static String posting() {
    return "POST /route HTTP/1.1\r\nContent-Type: application/json\r\n";
  }

  private static Ask get(Sort sort, int points, String target) {
    return request(sort, points, "GET " + target + " HTTP/1.1", "");
  }

  private static Ask request(Sort sort, int points, String head, String body) {
    return new Ask(head + "\r\nHost: weir\r\n\r\n" + body, sort, points);
  }

  private String route(int points) {
    StringBuilder target =
        new StringBuilder("/route?profile=car&points_encoded=false&instructions=false");
    for (int place : places(points)) {
      target.append("&point=").append(place(place));
    }
    return target.toString();
  }

  private String document(int points) {
    List<String> all = new ArrayList<>();
    for (int index : places(points)) {
      String[] place = place(index).split(",", -1);
      all.add("[" + place[1] + "," + place[0] + "]");
    }
    return "{\"profile\":\"car\",\"points_encoded\":false,\"points\":" + all + "}";
  }

  /** Never the same place twice in a row. */
  private int[] places(int count) {
    int[] places = new int[count];
    places[0] = random.nextInt(PLACES.size());
    for (int i = 1; i < count; i++) {
      places[i] = (places[i - 1] + 1 + random.nextInt(PLACES.size() - 1)) % PLACES.size();
    }
    return places;
  }

  private static String place(int index) {
    return PLACES.get(index);
  }
}
