package dev.weir.proxy.transport.http;

import static java.util.Map.entry;

import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Refusal;
import dev.weir.routing.MapTile;
import dev.weir.routing.RoutingEngine;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The playground: a page with a map of the loaded graph, on which people try requests, and what
 * that page asks for. Thread-safe; meant for event loops.
 */
final class Maps implements AutoCloseable {

  /** All of it is here and below. */
  static final String ROOT = "/maps";

  /** Header lines of all of it. */
  static final String SAFE = "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";

  /** It loads nothing from elsewhere, runs no script but its own, and is nobody's frame. */
  static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String FLOOD = ROOT + "/flood";
  private static final String NOT_STORED = SAFE + "Cache-Control: no-store\r\n";

  private static final Pattern TILE =
      Pattern.compile(ROOT + "/tiles/(\\d{1,2})/(\\d{1,6})/(\\d{1,6})");

  /** What proxies say of whoever asked them. */
  private static final List<String> FORWARDED =
      List.of("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip");

  /** Names that no stranger can give to an address of its own: others may be made to mean us. */
  private static final Pattern OUR_NAME =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  private static final Refusal NO_ROOM =
      new Refusal(Refusal.Reason.QUEUE_FULL, Duration.ofSeconds(1));

  private static final Map<String, Page> PAGES =
      Map.ofEntries(
          entry(ROOT, page("index.html", "text/html; charset=utf-8")),
          entry(ROOT + "/app.js", script("app.js")),
          entry(ROOT + "/ask.js", script("ask.js")),
          entry(ROOT + "/flood.js", script("flood.js")),
          entry(ROOT + "/roads.js", script("roads.js")),
          entry(ROOT + "/leaflet.js", script("leaflet.js")),
          entry(ROOT + "/style.css", style("style.css")),
          entry(ROOT + "/leaflet.css", style("leaflet.css")),
          entry(ROOT + "/icon.svg", page("icon.svg", "image/svg+xml")),
          entry(ROOT + "/leaflet-license.txt", page("LICENSE", "text/plain; charset=utf-8")));

  private static final Canned NO_FLOOD =
      told(
          403,
          Json.sentence(
              "A flood is offered where http.host is loopback, in clear text, and calls need no"
                  + " key."));
  private static final Canned NO_FLOOD_HERE =
      Canned.of(200, NOT_STORED, "application/json", "{\"available\":false}");
  private static final Canned NOT_FROM_HERE =
      told(403, Json.sentence("A flood is started by the playground's own page, or by no page."));
  private static final Canned UNDER_WAY =
      told(409, Json.sentence("There is one flood at a time, and one is under way."));
  private static final Canned NO_SUCH_FLOOD =
      told(
          400,
          Json.sentence(
              "per_second must be a whole number from 1 to %d, seconds one from 1 to %d"
                  .formatted(FloodSwitch.MOST_PER_SECOND, FloodSwitch.MOST_SECONDS)));

  private final Tiles tiles;
  private final @Nullable FloodSwitch flood;

  /**
   * @param flood {@code null} if none is ever offered
   */
  Maps(RoutingEngine engine, LoadReport load, @Nullable FloodSwitch flood) {
    this.tiles = new Tiles(engine, load);
    this.flood = flood;
  }

  /** What to do about a request. */
  sealed interface Answer {}

  record Shown(Page page) implements Answer {}

  record Told(Canned answer) implements Answer {}

  record Busy(Refusal refusal) implements Answer {}

  record Drawing(CompletableFuture<Page> page) implements Answer {}

  private static Page style(String name) {
    return page(name, "text/css; charset=utf-8");
  }

  private static Page script(String name) {
    return page(name, "text/javascript; charset=utf-8");
  }

  private static Page page(String name, String type) {
    String headers =
        SAFE + "Cache-Control: no-cache\r\nContent-Security-Policy: " + POLICY + "\r\n";
    try (InputStream in = Maps.class.getResourceAsStream("maps/" + name)) {
      return new Page(type, headers, Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("this build's " + name + " cannot be read", e);
    }
  }

  private static Canned told(int status, String json) {
    return Canned.of(status, NOT_STORED, "application/json", json);
  }

  Answer answer(HttpHeaders headers, RequestHead head) {
    boolean reads = head.method().equals("GET") || head.headOnly();
    if (head.path().equals(FLOOD)) {
      return new Told(reads ? report() : change(headers, head));
    }
    if (!reads) {
      return new Told(Fixed.NOT_ALLOWED);
    }
    Page page = PAGES.get(head.path());
    return page == null ? tile(head.path()) : new Shown(page);
  }

  private Answer tile(String path) {
    Matcher numbers = TILE.matcher(path);
    MapTile tile =
        numbers.matches()
            ? MapTile.find(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)))
            : null;
    if (tile == null) {
      return new Told(Fixed.NOT_FOUND);
    }
    Page kept = tiles.kept(tile);
    if (kept != null) {
      return new Shown(kept);
    }
    CompletableFuture<Page> drawn = tiles.draw(tile);
    return drawn == null ? new Busy(NO_ROOM) : new Drawing(drawn);
  }

  private @Nullable FloodSwitch offered() {
    return flood != null && flood.offered() ? flood : null;
  }

  private Canned report() {
    FloodSwitch offered = offered();
    return offered == null ? NO_FLOOD_HERE : told(200, Json.flood(offered.report()));
  }

  private Canned change(HttpHeaders headers, RequestHead head) {
    FloodSwitch offered = offered();
    if (offered == null) {
      return NO_FLOOD;
    }
    if (!fromHere(headers)) {
      return NOT_FROM_HERE;
    }
    return switch (head.method()) {
      case "POST" -> start(offered, head.query());
      case "DELETE" -> {
        offered.stop();
        yield report();
      }
      default -> Fixed.NOT_ALLOWED;
    };
  }

  private Canned start(FloodSwitch to, String query) {
    int perSecond = number(query, "per_second");
    int seconds = number(query, "seconds");
    if (perSecond < 1
        || perSecond > FloodSwitch.MOST_PER_SECOND
        || seconds < 1
        || seconds > FloodSwitch.MOST_SECONDS) {
      return NO_SUCH_FLOOD;
    }
    return to.start(perSecond, seconds) ? report() : UNDER_WAY;
  }

  private static int number(String query, String name) {
    String text = QueryString.only(query, name);
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether no page of a stranger makes a browser ask for it, and no proxy passes it on. */
  private static boolean fromHere(HttpHeaders headers) {
    String host = headers.get(HttpHeaderNames.HOST, "");
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    return FORWARDED.stream().noneMatch(headers::contains)
        && OUR_NAME.matcher(host).matches()
        && (origin == null || origin.equals("http://" + host))
        && headers.get("sec-fetch-site", "same-origin").equals("same-origin");
  }

  boolean draws() {
    return tiles.draws();
  }

  @Override
  public void close() {
    tiles.close();
  }
}
