package dev.weir.proxy.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where two JSON texts differ. Numbers are compared as they are written. */
final class JsonDifference {

  /** The engine's and the import's clock; only their kind is compared. */
  private static final Set<String> CLOCKS = Set.of("$.info.took", "$.import_date");

  private static final Pattern ERROR_ID = Pattern.compile("\\(ID [0-9a-f]{16}\\)");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonDifference() {}

  static List<String> between(String expected, String actual) {
    List<String> found = new ArrayList<>();
    try {
      compare("$", JSON.readTree(expected), JSON.readTree(actual), found);
    } catch (JsonProcessingException e) {
      found.add("not JSON: " + e.getOriginalMessage() + " in '" + Comparison.cut(actual) + "'");
    }
    return found;
  }

  private static void compare(String path, JsonNode left, JsonNode right, List<String> found) {
    if (left.isObject() && right.isObject()) {
      Set<String> names = new TreeSet<>();
      left.fieldNames().forEachRemaining(names::add);
      right.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(path + "." + name, left.path(name), right.path(name), found);
      }
    } else if (left.isArray() && right.isArray()) {
      if (left.size() != right.size()) {
        found.add(path + ": " + left.size() + " -> " + right.size() + " elements");
      }
      for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
        compare(path + "[" + i + "]", left.path(i), right.path(i), found);
      }
    } else if (left.getNodeType() != right.getNodeType()
        || (!CLOCKS.contains(path) && !text(left).equals(text(right)))) {
      found.add(path + ": " + Comparison.cut(show(left)) + " -> " + Comparison.cut(show(right)));
    }
  }

  private static String text(JsonNode node) {
    return ERROR_ID.matcher(node.asText()).replaceAll("(ID *)");
  }

  private static String show(JsonNode node) {
    return node.isMissingNode() ? "(absent)" : node.toString();
  }
}
