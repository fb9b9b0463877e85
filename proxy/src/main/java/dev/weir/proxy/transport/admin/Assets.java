package dev.weir.proxy.transport.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of the live page. They hold nothing that is not in the sources. Thread-safe. */
final class Assets {

  private static final Map<String, Page> PAGES = new HashMap<>();

  static {
    put("/", "index.html", "text/html");
    put("/live.css", "live.css", "text/css");
    put("/live.js", "live.js", "text/javascript");
    put("/icon.svg", "icon.svg", "image/svg+xml");
    put("/uplot.css", "uplot/uPlot.min.css", "text/css");
    put("/uplot.js", "uplot/uPlot.iife.min.js", "text/javascript");
    put("/uplot.txt", "uplot/LICENSE", "text/plain");
  }

  private Assets() {}

  static @Nullable Page at(String path) {
    return PAGES.get(path);
  }

  private static void put(String path, String file, String type) {
    try (InputStream in = Assets.class.getResourceAsStream("live/" + file)) {
      String text = new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
      PAGES.put(path, new Page(OK, type + "; charset=utf-8", text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
