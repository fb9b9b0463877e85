package dev.weir.proxy.transport.admin.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes small documents. Thread-safe. */
public final class Json {

  private static final JsonFactory JSON = new JsonFactory();

  private Json() {}

  /** Writes the document, from its beginning to its end. */
  @FunctionalInterface
  public interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** On one line. */
  public static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is nothing that it could come from
    }
    return text.toString();
  }

  /** The same as an event of server-sent events. */
  static byte[] event(String name, Content content) {
    return ("event: " + name + "\ndata: " + of(content) + "\n\n").getBytes(UTF_8);
  }
}
