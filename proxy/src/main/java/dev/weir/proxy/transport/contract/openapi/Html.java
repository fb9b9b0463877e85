package dev.weir.proxy.transport.contract.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A page that is being written; whatever is not markup of ours is escaped. Not thread-safe. */
final class Html {

  private final StringBuilder out = new StringBuilder();

  /** Markup. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  Html text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  Html code(String text) {
    return raw("<code>").text(text).raw("</code>");
  }

  /** An attribute of the tag that is open. */
  Html id(String id) {
    return raw(" id=\"").text(id).raw("\"");
  }

  Html link(String target, String text) {
    return raw("<a href=\"").text(target).raw("\">").text(text).raw("</a>");
  }

  /** Paragraphs separated by empty lines, of which lists begin with dashes; code in backticks. */
  Html prose(String text) {
    for (String paragraph : text.split("\n\n", -1)) {
      if (paragraph.startsWith("- ")) {
        raw("<ul>");
        paragraph.lines().forEach(item -> raw("<li>").inline(item.substring(2)).raw("</li>"));
        raw("</ul>");
      } else if (!paragraph.isBlank()) {
        raw("<p>").inline(paragraph).raw("</p>");
      }
    }
    return this;
  }

  private Html inline(String text) {
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1) {
        code(parts[i]);
      } else {
        text(parts[i]);
      }
    }
    return this;
  }

  /** What a schema allows, in a line; of messages their name. */
  Html type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText();
      String own = name.substring(name.lastIndexOf('/') + 1);
      link("#schema-" + own, own);
    } else if (schema.path("type").asText().equals("array")) {
      text("list of ").type(schema.path("items"));
    } else {
      text(schema.path("format").asText(schema.path("type").asText("any")));
    }
    return text(limits(schema));
  }

  private static String limits(JsonNode schema) {
    List<String> limits = new ArrayList<>();
    schema.forEachEntry(
        (keyword, value) -> {
          switch (keyword) {
            case "minimum" -> limits.add("from " + value.asText());
            case "exclusiveMinimum" -> limits.add("above " + value.asText());
            case "maximum" -> limits.add("to " + value.asText());
            case "exclusiveMaximum" -> limits.add("below " + value.asText());
            case "minLength" -> limits.add("at least " + value.asText() + " characters");
            case "maxLength" -> limits.add("at most " + value.asText() + " characters");
            case "minItems" -> limits.add("at least " + value.asText());
            case "maxItems" -> limits.add("at most " + value.asText());
            case "pattern" -> limits.add("matching " + value.asText());
            case "const" -> limits.add(value.asText());
            case "enum" -> limits.add(words(value));
            case "not" -> limits.add("not " + words(value.path("enum")));
            case "default" -> limits.add("default " + value.asText());
            default -> {}
          }
        });
    return limits.isEmpty() ? "" : ", " + String.join(", ", limits);
  }

  private static String words(JsonNode values) {
    List<String> words = new ArrayList<>();
    values.forEach(value -> words.add(value.asText()));
    return String.join(" | ", words);
  }
}
