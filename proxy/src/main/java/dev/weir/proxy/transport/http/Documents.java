package dev.weir.proxy.transport.http;

import dev.weir.proxy.transport.contract.openapi.Published;
import dev.weir.routing.Rendered;
import dev.weir.routing.RoutingEngine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The answers that depend on map and build alone, compressed once. Thread-safe; meant for event
 * loops: what is not kept is sent uncompressed, so that no caller can make a loop compress.
 */
final class Documents {

  // GraphHopper 11 knows about 50 languages; callers may make up more.
  private static final int MAX_KEPT = 128;

  static final Page OPENAPI = new Page("application/json", "", Published.document());
  static final Page DOCS =
      new Page(
          "text/html; charset=utf-8",
          "Content-Security-Policy: " + Published.pagePolicy() + "\r\n",
          Published.page());

  private final RoutingEngine engine;
  private final Map<String, Document> translations = new ConcurrentHashMap<>();
  private volatile @Nullable Document info;

  Documents(RoutingEngine engine) {
    this.engine = engine;
  }

  Document info() {
    Document known = info;
    if (known == null) {
      known = compressed(engine.info());
      info = known;
    }
    return known;
  }

  Document translations(String locale) {
    Document known = translations.get(locale);
    if (known != null) {
      return known;
    }
    Rendered answer = engine.translations(locale);
    if (translations.size() >= MAX_KEPT) {
      return new Document(answer, null);
    }
    Document made = compressed(answer);
    translations.put(locale, made);
    return made;
  }

  private static Document compressed(Rendered answer) {
    return new Document(answer, Deflation.deflate(answer.body()));
  }

  /** An answer and its compressed form, if that is at hand. */
  static final class Document {
    private final Rendered answer;
    private final byte @Nullable [] gzip;

    private Document(Rendered answer, byte @Nullable [] gzip) {
      this.answer = answer;
      this.gzip = gzip;
    }

    Rendered answer() {
      return answer;
    }

    byte @Nullable [] gzip() {
      return gzip;
    }
  }
}
