package dev.weir.proxy.monitoring;

import java.util.List;

/** What the dashboard for Grafana shows. {@link GrafanaJson} makes a file of it. */
final class Dashboard {

  /** Of the servers that are chosen above the panels. */
  private static final String CHOSEN = "job=\"$job\", instance=~\"$instance\"";

  private static final String RATE = "[$__rate_interval]";

  /** Reasons that have to do with room, as the recording rules have them. */
  private static final String ROOM = "queue_full|over_capacity|over_share|deadline_unreachable";

  /** Histograms whose buckets name traces. */
  private static final List<String> TRACED =
      List.of("weir_queue_delay_seconds", "weir_engine_time_seconds", "weir_total_time_seconds");

  private Dashboard() {}

  /** How a panel draws. */
  enum Form {
    STAT,
    LINES,
    STACK,
    HEATMAP
  }

  /**
   * @param legend with labels in double braces
   */
  record Query(String expression, String legend) {

    /** Whether there are traces behind what it shows. */
    boolean traced() {
      return TRACED.stream().anyMatch(expression::contains);
    }
  }

  /**
   * @param unit in Grafana's words
   * @param says what one is to see in it
   */
  record Panel(Form form, String title, String unit, String says, List<Query> queries) {}

  /** Panels below a line with a title. */
  record Row(String title, List<Panel> panels) {}

  static List<Row> rows() {
    return List.of(
        new Row("State now", state()),
        new Row("Offered, good, shed", traffic()),
        new Row("Latency", latency()),
        new Row("Permits, queue, work ahead", queue()),
        new Row("Estimates", estimates()),
        new Row("Tiers, tenants", tiers()),
        new Row("Breaker, brownout", health()),
        new Row("Processors, heap, loops", machine()));
  }

  private static List<Panel> state() {
    return List.of(
        stat("Up", "short", "Servers that answer Prometheus.", "sum(" + of("up") + ")"),
        stat("Offered", "reqps", "What comes, refused or not.", sum("weir:offered:rate1m")),
        stat("Good", "reqps", "What is answered in time.", sum("weir:good:rate1m")),
        stat(
            "Shed",
            "percentunit",
            "Part of what is offered that there is no room for.",
            "max(" + of("weir:shed:ratio1m") + ")"),
        stat(
            "Load",
            "none",
            "Asked for over what can be done; above 1 is overload.",
            "max(" + of("weir_load_ratio") + ")"),
        stat(
            "Breaker closed",
            "short",
            "Servers whose breaker lets calls pass.",
            sum("weir_breaker_position", "position=\"closed\"")),
        stat(
            "Speed",
            "percentunit",
            "Of the slowest machine, against what costs were learned by.",
            "min(" + of("weir:speed:ratio") + ")"),
        stat(
            "Alerts",
            "short",
            "Alerts that fire; docs/alerts.md has a section for each.",
            "count(" + of("ALERTS", "alertstate=\"firing\"") + ") or vector(0)"));
  }

  private static List<Panel> traffic() {
    return List.of(
        lines(
            "Offered, wanted, good",
            "reqps",
            "Wanted is what should be answered: without callers that may not call, or have gone.",
            new Query(sum("weir:offered:rate1m"), "offered"),
            new Query(sum("weir:wanted:rate1m"), "wanted"),
            new Query(sum("weir:good:rate1m"), "good")),
        stack(
            "Shed by reason",
            "reqps",
            "Over capacity, queue full: load. Over share: one tenant. Deadline: load or deadlines.",
            "sum by (reason) (" + of("weir:shed:rate1m") + ")",
            "reason"),
        stack(
            "Other refusals by reason",
            "reqps",
            "Of callers, of quotas, of the breaker, and of a server that stops.",
            rate("weir_refusals_total", "reason", "reason!~\"" + ROOM + "\""),
            "reason"),
        stack(
            "How admitted calls ended",
            "reqps",
            "Too late, over budget and hung are searches without an end.",
            rate("weir_requests_total", "outcome"),
            "outcome"),
        stack(
            "Admitted calls by kind",
            "reqps",
            "What is computed.",
            rate("weir_requests_total", "kind"),
            "kind"),
        stack(
            "Answers by status",
            "reqps",
            "All that is handed to connections.",
            rate("weir_http_answers_total", "status"),
            "status"),
        stack(
            "Refusals on trial",
            "reqps",
            "What the rules in gate.dry-run would have refused.",
            rate("weir_dry_run_refusals_total", "reason"),
            "reason"));
  }

  private static List<Panel> latency() {
    return List.of(
        quantiles("Time to reply ($kind)", "From arrival to reply.", "weir_total_time_seconds"),
        new Panel(
            Form.HEATMAP,
            "Time to reply, heat map ($kind)",
            "s",
            "How many replies took how long.",
            List.of(
                new Query(
                    "sum by (le) (rate("
                        + of("weir_total_time_seconds_bucket", "kind=\"$kind\"")
                        + RATE
                        + ")) or sum(rate("
                        + of("weir_total_time_seconds", "kind=\"$kind\"")
                        + RATE
                        + "))",
                    "{{le}}"))),
        quantiles(
            "Wait for a worker ($kind)",
            "Near gate.standing-queue-delay under overload.",
            "weir_queue_delay_seconds"),
        quantiles("Time on a worker ($kind)", "Computing.", "weir_engine_time_seconds"),
        lines(
            "Time to reply by kind, p99",
            "s",
            "Whom the load hits.",
            new Query(quantile(0.99, "weir_total_time_seconds", "kind", ""), "{{kind}}")));
  }

  private static List<Panel> queue() {
    return List.of(
        lines(
            "Permits",
            "short",
            "Calls that may be, and are being, computed at the same time.",
            new Query(sum("weir_permits"), "permits"),
            new Query(sum("weir_in_flight"), "in flight")),
        lines(
            "Queue",
            "short",
            "Calls that wait for a worker.",
            new Query(of("weir_queue_length"), "{{instance}}")),
        lines(
            "Work ahead",
            "s",
            "Estimated wait of a call that would arrive now.",
            new Query(of("weir_work_ahead_seconds"), "{{instance}}")),
        lines(
            "Expected wait, p99",
            "s",
            "What the gate expected, of one decision in 1024.",
            new Query(
                quantile(0.99, "weir_expected_wait_seconds", "priority", ""), "{{priority}}")),
        lines(
            "Load",
            "none",
            "Asked for over what can be done, by server.",
            new Query(of("weir_load_ratio"), "{{instance}}")));
  }

  private static List<Panel> estimates() {
    String kind = "kind=\"$kind\"";
    return List.of(
        lines(
            "Estimate in percent of cost ($kind)",
            "percent",
            "The middle lies somewhat above 100.",
            new Query(quantile(0.1, "weir_estimate_percent", "kind", kind), "p10"),
            new Query(quantile(0.5, "weir_estimate_percent", "kind", kind), "p50"),
            new Query(quantile(0.9, "weir_estimate_percent", "kind", kind), "p90")),
        lines(
            "Cost above the high estimate",
            "percentunit",
            "One call in a hundred is meant to.",
            new Query(of("weir:estimate_exceeded:ratio15m"), "{{kind}} {{instance}}")));
  }

  private static List<Panel> tiers() {
    return List.of(
        stack(
            "Decisions by priority",
            "reqps",
            "What the gate was asked for.",
            rate("weir_decisions_total", "priority"),
            "priority"),
        lines(
            "Refused for want of room, by priority",
            "percentunit",
            "Of critical nothing should be.",
            new Query("max by (priority) (" + of("weir:tier_shed:ratio5m") + ")", "{{priority}}")),
        lines(
            "Room by priority",
            "percentunit",
            "Part of what is asked for that there is room for.",
            new Query("min by (priority) (" + of("weir_admitted_part") + ")", "{{priority}}")),
        stack(
            "Refusals of tenants",
            "reqps",
            "Who they are is in the access log (log.access), never in a label.",
            rate(
                "weir_refusals_total",
                "reason",
                "reason=~\"over_share|quota_exhausted|key_required|token_invalid|too_many_failures\""),
            "reason"),
        stack(
            "Tokens",
            "reqps",
            "What tokens that were new turned out to be.",
            rate("weir_tokens_total", "finding"),
            "finding"));
  }

  private static List<Panel> health() {
    return List.of(
        stack(
            "Breaker",
            "short",
            "Servers by the position of their breaker.",
            "sum by (position) (" + of("weir_breaker_position") + ")",
            "position"),
        stack(
            "Left out for want of room",
            "reqps",
            "What answers did without.",
            rate("weir_degraded_total", "step"),
            "step"),
        stack(
            "Faults of ours",
            "reqps",
            "The log tells more.",
            rate("weir_faults_total", "kind"),
            "kind"),
        lines(
            "Threads lost",
            "short",
            "In searches that neither end nor listen.",
            new Query(of("weir_workers_lost"), "{{instance}}")));
  }

  private static List<Panel> machine() {
    return List.of(
        lines(
            "Processors in use",
            "percentunit",
            "Of this process, and of all.",
            new Query(of("process_cpu_usage"), "Weir on {{instance}}"),
            new Query(of("system_cpu_usage"), "all on {{instance}}")),
        lines(
            "Effective processors",
            "none",
            "Far below the permits, the machine is slower than it was.",
            new Query(of("weir_effective_processors"), "{{instance}}"),
            new Query(of("system_cpu_count"), "there are on {{instance}}")),
        lines(
            "Heap",
            "bytes",
            "In use, and what may be.",
            new Query(sum("jvm_memory_used_bytes", "area=\"heap\""), "used"),
            new Query(sum("jvm_memory_committed_bytes", "area=\"heap\""), "committed")),
        lines(
            "Heap in use after collections",
            "percentunit",
            "What is kept; above 85 % too little is left.",
            new Query(of("jvm_memory_usage_after_gc"), "{{instance}}")),
        lines(
            "Time spent on collections",
            "percentunit",
            "In pauses, and estimated in all.",
            new Query(
                "sum by (instance) (rate(" + of("jvm_gc_pause_seconds_sum") + RATE + "))",
                "pauses of {{instance}}"),
            new Query(of("jvm_gc_overhead"), "all of {{instance}}")),
        lines(
            "Allocation",
            "Bps",
            "By the collector's count.",
            new Query(
                "sum by (instance) (rate("
                    + of("jvm_gc_memory_allocated_bytes_total")
                    + RATE
                    + "))",
                "{{instance}}")),
        lines(
            "Memory outside of the heap",
            "bytes",
            "Buffers, and answers that callers have not taken yet.",
            new Query(sum("jvm_buffer_memory_used_bytes"), "buffers"),
            new Query(sum("weir_http_pending_answer_bytes"), "answers to be taken")),
        lines(
            "Lag of event loops",
            "s",
            "How late threads of ports come to a task.",
            new Query(quantile(0.5, "weir_event_loop_lag_seconds", "port", ""), "p50 {{port}}"),
            new Query(quantile(0.99, "weir_event_loop_lag_seconds", "port", ""), "p99 {{port}}")),
        lines(
            "Connections",
            "short",
            "Open, and file descriptors in use and allowed.",
            new Query(sum("weir_http_connections_open"), "connections"),
            new Query(sum("process_files_open_files"), "descriptors"),
            new Query(sum("process_files_max_files"), "descriptors allowed")),
        stack(
            "Connections cut",
            "cps",
            "Not accepted, or closed by us for a fault of the caller.",
            rate("weir_http_connections_cut_total", "reason"),
            "reason"),
        stack(
            "Bytes sent",
            "Bps",
            "Bodies of answers.",
            rate("weir_http_answer_bytes_total", "resource"),
            "resource"),
        lines("Rides", "short", "That are followed.", new Query(sum("weir_rides"), "rides")),
        lines(
            "Threads",
            "short",
            "Of the platform, and event loops of HTTP.",
            new Query(sum("jvm_threads_live_threads"), "threads"),
            new Query(sum("weir_http_event_loops"), "event loops")),
        stack(
            "Log lines lost",
            "short",
            "Too many of one kind, or the writer could not keep up.",
            rate("weir_log_lines_lost_total", "reason"),
            "reason"),
        lines(
            "Certificates expire in",
            "s",
            "Of ports with TLS.",
            new Query(
                of("weir_tls_certificate_expiry_timestamp_seconds") + " - time()",
                "{{port}} of {{instance}}")),
        lines(
            "Files of TLS and keys refused",
            "short",
            "The former ones stay in use; the log tells why.",
            new Query("sum(increase(" + of("weir_tls_reload_failures_total") + "[1h]))", "TLS"),
            new Query("sum(increase(" + of("weir_jwks_failures_total") + "[1h]))", "keys")));
  }

  private static Panel stat(String title, String unit, String says, String expression) {
    return new Panel(Form.STAT, title, unit, says, List.of(new Query(expression, title)));
  }

  private static Panel lines(String title, String unit, String says, Query... queries) {
    return new Panel(Form.LINES, title, unit, says, List.of(queries));
  }

  private static Panel stack(
      String title, String unit, String says, String expression, String label) {
    List<Query> queries = List.of(new Query(expression, "{{" + label + "}}"));
    return new Panel(Form.STACK, title, unit, says, queries);
  }

  private static Panel quantiles(String title, String says, String histogram) {
    String kind = "kind=\"$kind\"";
    return lines(
        title,
        "s",
        says,
        new Query(quantile(0.5, histogram, "kind", kind), "p50"),
        new Query(quantile(0.95, histogram, "kind", kind), "p95"),
        new Query(quantile(0.99, histogram, "kind", kind), "p99"));
  }

  /** Of native histograms where Prometheus keeps those, else of classic buckets. */
  private static String quantile(double q, String histogram, String by, String more) {
    return "histogram_quantile(%s, sum by (%s, le) (rate(%s%s))) or "
            .formatted(q, by, of(histogram + "_bucket", more), RATE)
        + "histogram_quantile(%s, sum by (%s) (rate(%s%s)))"
            .formatted(q, by, of(histogram, more), RATE);
  }

  private static String rate(String counter, String by, String... more) {
    return "sum by (%s) (rate(%s%s))".formatted(by, of(counter, more), RATE);
  }

  private static String sum(String metric, String... more) {
    return "sum(" + of(metric, more) + ")";
  }

  /** The metric of the servers that are chosen. */
  private static String of(String metric, String... more) {
    String others = String.join(", ", more);
    return metric + "{" + CHOSEN + (others.isEmpty() ? "" : ", " + others) + "}";
  }
}
