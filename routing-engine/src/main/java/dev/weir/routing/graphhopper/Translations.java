package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.graphhopper.util.Translation;
import com.graphhopper.util.TranslationMap;
import dev.weir.routing.Rendered;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Instruction texts and user interface words by language, each language written once and kept:
 * there are some fifty. Thread-safe; answers at once.
 */
final class Translations {

  private final TranslationMap translations;
  private final ObjectMapper json;
  private final byte[] english;
  private final Map<Locale, byte[]> written = new ConcurrentHashMap<>();

  Translations(TranslationMap translations, ObjectMapper json) {
    this.translations = translations;
    this.json = json;
    this.english = write(translations.get("en").asMap());
  }

  Rendered answer(String wished) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(english.length * 2);
    append(out, "{\"locale\":");
    out.writeBytes(write(wished));
    append(out, ",\"en\":");
    out.writeBytes(english);
    Translation translation = find(wished);
    if (translation != null && !Locale.US.equals(translation.getLocale())) {
      append(out, ",\"default\":");
      out.writeBytes(
          written.computeIfAbsent(translation.getLocale(), _ -> write(translation.asMap())));
    }
    append(out, "}");
    return new Rendered(Rendered.Media.JSON, out.toByteArray(), 0);
  }

  private @Nullable Translation find(String wished) {
    // Shorter ones name no language, and GraphHopper would cut the first two letters of them.
    return wished.length() < 2 ? null : translations.get(wished);
  }

  private static void append(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] write(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A translation cannot be written", e);
    }
  }
}
