package dev.weir.proxy.transport.contract.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The document as a page for people: one piece of HTML, well-formed as XML, without scripts, which
 * loads nothing. Used for one page.
 */
final class DocsPage {

  private static final String STYLE = style();

  /** Nothing but the page's own style sheet, which goes by its hash. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + hash(STYLE)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final JsonNode document;
  private final Html out = new Html();

  private DocsPage(JsonNode document) {
    this.document = document;
  }

  /** The page as it is sent. */
  static byte[] of(OpenApi api) {
    return new DocsPage(api.root()).render().getBytes(UTF_8);
  }

  private String render() {
    JsonNode info = document.path("info");
    out.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    out.raw("<title>").text(info.path("title").asText() + " " + info.path("version").asText());
    out.raw("</title><style>").raw(STYLE).raw("</style></head><body>");
    out.raw("<h1>").text(info.path("title").asText()).raw(" <small>");
    out.text(info.path("version").asText()).raw("</small></h1>");
    out.prose(info.path("description").asText());
    out.raw("<p>For programs: <a href=\"/openapi.json\">openapi.json</a>.</p>");
    contents();
    document.path("tags").forEach(this::service);
    section("Headers of all requests", "headers", () -> named("parameters", this::parameter));
    section("Headers of answers", "answers", () -> named("headers", this::header));
    section("Errors", "errors", () -> named("responses", this::error));
    section("Messages", "messages", () -> named("schemas", this::schema));
    return out.raw("</body></html>\n").toString();
  }

  /** A verb, a path and what they mean. */
  private record Operation(String verb, String path, JsonNode node) {

    String id() {
      return node.path("operationId").asText();
    }
  }

  private List<Operation> operations(JsonNode tag) {
    List<Operation> found = new ArrayList<>();
    document
        .path("paths")
        .forEachEntry(
            (path, verbs) ->
                verbs.forEachEntry(
                    (verb, node) -> {
                      if (node.path("tags").path(0).equals(tag.path("name"))) {
                        found.add(new Operation(verb.toUpperCase(Locale.ROOT), path, node));
                      }
                    }));
    return found;
  }

  private void contents() {
    out.raw("<nav><ul>");
    for (JsonNode tag : document.path("tags")) {
      for (Operation operation : operations(tag)) {
        out.raw("<li>").link("#" + operation.id(), operation.verb() + " " + operation.path());
        out.raw(" ").text(operation.node().path("summary").asText()).raw("</li>");
      }
    }
    out.raw("</ul></nav>");
  }

  private void service(JsonNode tag) {
    out.raw("<section><h2>").text(tag.path("name").asText()).raw("</h2>");
    out.prose(tag.path("description").asText());
    operations(tag).forEach(this::operation);
    out.raw("</section>");
  }

  private void operation(Operation operation) {
    JsonNode node = operation.node();
    out.raw("<article").id(operation.id()).raw("><h3><b>").text(operation.verb()).raw("</b> ");
    out.code(operation.path()).raw("</h3>").prose(node.path("description").asText());
    out.raw("<dl>");
    node.path("parameters").forEach(each -> parameter("", each));
    out.raw("</dl>");
    JsonNode body = node.path("requestBody");
    if (!body.isMissingNode()) {
      out.raw("<p>Body: ").type(content(body)).raw(". ");
      out.text(body.path("description").asText()).raw("</p>");
    }
    out.raw("<p>Answer: ").type(content(node.path("responses").path("200"))).raw(", or an ");
    out.link("#errors", "error").raw(".</p></article>");
  }

  private static JsonNode content(JsonNode of) {
    return of.path("content").path("application/json").path("schema");
  }

  /** Parameters that are the same everywhere are told of once. */
  private void parameter(String component, JsonNode parameter) {
    if (parameter.has("$ref")) {
      return;
    }
    out.raw("<dt>").code(parameter.path("name").asText()).raw(" ");
    out.raw(parameter.path("required").asBoolean() ? "<em>required</em> " : "");
    out.text("in the " + parameter.path("in").asText() + ", ").type(parameter.path("schema"));
    out.raw("</dt><dd>").prose(parameter.path("description").asText()).raw("</dd>");
  }

  private void header(String name, JsonNode header) {
    out.raw("<dt>").code(name).raw(" ").type(header.path("schema")).raw("</dt><dd>");
    out.prose(header.path("description").asText()).raw("</dd>");
  }

  private void error(String name, JsonNode response) {
    out.raw("<dt>").text(name.replaceFirst("^Status", "")).raw("</dt><dd>");
    out.prose(response.path("description").asText());
    response.path("headers").fieldNames().forEachRemaining(header -> out.code(header).raw(" "));
    out.raw("</dd>");
  }

  private void schema(String name, JsonNode schema) {
    out.raw("<dt").id("schema-" + name).raw(">").code(name).raw("</dt><dd>");
    out.prose(schema.path("description").asText()).raw("<dl>");
    schema.path("properties").forEachEntry(this::property);
    out.raw("</dl></dd>");
  }

  private void property(String name, JsonNode property) {
    out.raw("<dt>").code(name).raw(" ").type(property).raw("</dt><dd>");
    out.prose(property.path("description").asText()).raw("</dd>");
  }

  private void section(String title, String id, Runnable content) {
    out.raw("<section").id(id).raw("><h2>").text(title).raw("</h2><dl>");
    content.run();
    out.raw("</dl></section>");
  }

  /** What to do with a component and its name. */
  private interface Component {
    void render(String name, JsonNode node);
  }

  private void named(String components, Component each) {
    document.path("components").path(components).forEachEntry(each::render);
  }

  private static String style() {
    try (InputStream in = DocsPage.class.getResourceAsStream("docs.css")) {
      return new String(Objects.requireNonNull(in, "docs.css").readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet of this build cannot be read", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
