package dev.weir.proxy.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.proxy.monitoring.Dashboard.Form;
import dev.weir.proxy.monitoring.Dashboard.Panel;
import dev.weir.proxy.monitoring.Dashboard.Query;
import dev.weir.proxy.monitoring.Dashboard.Row;

/** Writes the dashboard as Grafana imports it. */
final class GrafanaJson {

  /** That of Grafana 11; later ones convert it. */
  private static final int SCHEMA_VERSION = 39;

  private static final int COLUMNS = 24;
  private static final String DATASOURCE = "datasource";

  private final ObjectMapper mapper = new ObjectMapper();
  private final ArrayNode panels = mapper.createArrayNode();
  private int x;
  private int y;
  private int height;
  private int id;

  private GrafanaJson() {}

  static String of(Iterable<Row> rows) {
    GrafanaJson json = new GrafanaJson();
    rows.forEach(json::add);
    return json.text();
  }

  private void add(Row row) {
    wrap();
    place("row", row.title(), COLUMNS, 1).put("collapsed", false).putArray("panels");
    wrap();
    row.panels().forEach(this::add);
  }

  private void add(Panel panel) {
    boolean stat = panel.form() == Form.STAT;
    ObjectNode node = place(type(panel.form()), panel.title(), stat ? 3 : 8, stat ? 4 : 8);
    node.put("description", panel.says());
    source(node.putObject(DATASOURCE));
    ObjectNode fields = node.putObject("fieldConfig");
    ObjectNode defaults = fields.putObject("defaults").put("unit", panel.unit());
    fields.putArray("overrides");
    if (panel.form() == Form.LINES || panel.form() == Form.STACK) {
      defaults.put("min", 0);
      ObjectNode custom = defaults.putObject("custom");
      custom.put("fillOpacity", panel.form() == Form.STACK ? 30 : 0);
      custom
          .putObject("stacking")
          .put("mode", panel.form() == Form.STACK ? "normal" : "none")
          .put("group", "A");
      ObjectNode options = node.putObject("options");
      options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
    }
    if (panel.form() == Form.HEATMAP) {
      node.putObject("options").put("calculate", false).putObject("yAxis").put("unit", "s");
    }
    ArrayNode targets = node.putArray("targets");
    for (Query query : panel.queries()) {
      ObjectNode target = targets.addObject();
      target.put("refId", String.valueOf((char) ('A' + targets.size() - 1)));
      target.put("expr", query.expression());
      target.put("legendFormat", query.legend());
      target.put("format", panel.form() == Form.HEATMAP ? "heatmap" : "time_series");
      target.put("instant", stat).put("range", !stat);
      // Asked for by the first only: Grafana looks at no later target on the same histogram.
      if (targets.size() == 1 && query.traced()) {
        target.put("exemplar", true);
      }
    }
  }

  private static String type(Form form) {
    return switch (form) {
      case STAT -> "stat";
      case LINES, STACK -> "timeseries";
      case HEATMAP -> "heatmap";
    };
  }

  private static void source(ObjectNode node) {
    node.put("type", "prometheus").put("uid", "${" + DATASOURCE + "}");
  }

  private ObjectNode place(String type, String title, int wide, int high) {
    if (x + wide > COLUMNS) {
      wrap();
    }
    ObjectNode node = panels.addObject().put("id", ++id).put("type", type).put("title", title);
    node.putObject("gridPos").put("h", high).put("w", wide).put("x", x).put("y", y);
    x += wide;
    height = Math.max(height, high);
    return node;
  }

  private void wrap() {
    y += height;
    x = 0;
    height = 0;
  }

  private String text() {
    ObjectNode root = mapper.createObjectNode();
    root.put("title", "Weir").put("uid", "weir").put("schemaVersion", SCHEMA_VERSION);
    root.put("refresh", "10s").put("timezone", "browser").put("editable", true);
    root.putArray("tags").add("weir");
    root.putObject("time").put("from", "now-30m").put("to", "now");
    ArrayNode variables = root.putObject("templating").putArray("list");
    variables
        .addObject()
        .put("name", DATASOURCE)
        .put("type", DATASOURCE)
        .put("query", "prometheus")
        .put("label", "Prometheus");
    variable(variables, "job", "label_values(weir_build, job)", false);
    variable(variables, "instance", "label_values(weir_build{job=\"$job\"}, instance)", true);
    variable(variables, "kind", "label_values(weir_requests_total{job=\"$job\"}, kind)", false)
        .putObject("current")
        .put("text", "route")
        .put("value", "route");
    root.set("panels", panels);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return mapper.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode variable(ArrayNode all, String name, String query, boolean many) {
    ObjectNode node = all.addObject().put("name", name).put("type", "query").put("query", query);
    source(node.putObject(DATASOURCE));
    return node.put("refresh", 2).put("multi", many).put("includeAll", many).put("sort", 1);
  }
}
