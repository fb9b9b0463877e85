package dev.weir.proxy.observe;

import java.util.List;

/**
 * Every metric there is: what is not listed here is not exported. {@code docs/metrics.md} holds the
 * same list.
 */
enum Metric {
  REQUESTS(
      "weir_requests_total",
      Type.COUNTER,
      Unit.COUNT,
      "Admitted calls by how they ended.",
      "kind",
      "outcome"),
  REFUSALS(
      "weir_refusals_total",
      Type.COUNTER,
      Unit.COUNT,
      "Calls refused before any work was done.",
      "kind",
      "reason"),
  DEGRADED(
      "weir_degraded_total",
      Type.COUNTER,
      Unit.COUNT,
      "Answers that did without something for want of room, by each thing they did without.",
      "kind",
      "step"),
  DECISIONS(
      "weir_decisions_total",
      Type.COUNTER,
      Unit.COUNT,
      "Decisions of the gate: admitted, or the reason of the refusal.",
      "priority",
      "decision"),
  DRY_RUN(
      "weir_dry_run_refusals_total",
      Type.COUNTER,
      Unit.COUNT,
      "Refusals there would have been by rules that are only tried out.",
      "kind",
      "reason"),
  EXPECTED_WAIT(
      "weir_expected_wait_seconds",
      Type.HISTOGRAM,
      Unit.SECONDS,
      "Wait that the gate expected, of one decision in 1024.",
      "priority"),
  ADMITTED_PART(
      "weir_admitted_part",
      Type.GAUGE,
      Unit.RATIO,
      "Part of what is asked for at a priority that there is room for.",
      "priority"),
  LOAD(
      "weir_load_ratio",
      Type.GAUGE,
      Unit.RATIO,
      "Work asked for in the last second over what can be done; above 1 is overload."),
  EFFECTIVE_PROCESSORS(
      "weir_effective_processors",
      Type.GAUGE,
      Unit.COUNT,
      "Processors at work, at the speed by which costs were learned."),
  FAULTS(
      "weir_faults_total",
      Type.COUNTER,
      Unit.COUNT,
      "Faults of ours that were caught; the log tells more. Kind transport: outside of computing.",
      "kind"),
  QUEUE_DELAY(
      "weir_queue_delay_seconds",
      Type.HISTOGRAM,
      Unit.SECONDS,
      "Wait of admitted calls for a worker.",
      "kind"),
  ENGINE_TIME(
      "weir_engine_time_seconds",
      Type.HISTOGRAM,
      Unit.SECONDS,
      "Time on a worker of calls that reached one.",
      "kind"),
  TOTAL_TIME(
      "weir_total_time_seconds",
      Type.HISTOGRAM,
      Unit.SECONDS,
      "Time from arrival to reply of admitted calls.",
      "kind"),
  ESTIMATE(
      "weir_estimate_percent",
      Type.HISTOGRAM,
      Unit.PERCENT,
      "Estimated cost in percent of the actual one, of calls that were computed to their end.",
      "kind"),
  ESTIMATE_EXCEEDED(
      "weir_estimate_exceeded_total",
      Type.COUNTER,
      Unit.COUNT,
      "Calls that cost more than their high estimate: one in a hundred is meant to.",
      "kind"),
  PERMITS("weir_permits", Type.GAUGE, Unit.COUNT, "Calls that may be computed at the same time."),
  IN_FLIGHT("weir_in_flight", Type.GAUGE, Unit.COUNT, "Calls that are being computed."),
  QUEUE_LENGTH("weir_queue_length", Type.GAUGE, Unit.COUNT, "Calls that wait for a worker."),
  WORKERS_LOST(
      "weir_workers_lost",
      Type.GAUGE,
      Unit.COUNT,
      "Threads in searches that neither ended nor listened and were cut off."),
  WORK_AHEAD(
      "weir_work_ahead_seconds",
      Type.GAUGE,
      Unit.SECONDS,
      "Estimated wait of a call that would arrive now."),
  BREAKER(
      "weir_breaker_position",
      Type.GAUGE,
      Unit.COUNT,
      "1 for the position of the circuit breaker, 0 for all others.",
      "position"),
  HTTP_ANSWERS(
      "weir_http_answers_total",
      Type.COUNTER,
      Unit.COUNT,
      "Answers handed to connections, of HTTP and gRPC, refusals included.",
      "resource",
      "status"),
  HTTP_ANSWER_BYTES(
      "weir_http_answer_bytes_total",
      Type.COUNTER,
      Unit.BYTES,
      "Length of the bodies of those answers.",
      "resource"),
  HTTP_CONNECTIONS(
      "weir_http_connections_total",
      Type.COUNTER,
      Unit.COUNT,
      "Connections that were opened, of HTTP and gRPC."),
  HTTP_CONNECTIONS_OPEN(
      "weir_http_connections_open",
      Type.GAUGE,
      Unit.COUNT,
      "Connections that are open, of HTTP and gRPC."),
  HTTP_CONNECTIONS_CUT(
      "weir_http_connections_cut_total",
      Type.COUNTER,
      Unit.COUNT,
      "Connections that were not accepted, or closed by us for a fault of the caller; of HTTP/2"
          + " and gRPC also single requests.",
      "reason"),
  HTTP_PENDING_ANSWERS(
      "weir_http_pending_answer_bytes",
      Type.GAUGE,
      Unit.BYTES,
      "Computed answers that their callers have not taken yet, of HTTP and gRPC."),
  HTTP_EVENT_LOOPS(
      "weir_http_event_loops",
      Type.GAUGE,
      Unit.COUNT,
      "Threads that read and write HTTP; those of gRPC are not counted."),
  LOOP_LAG(
      "weir_event_loop_lag_seconds",
      Type.HISTOGRAM,
      Unit.SECONDS,
      "How late a thread that reads and writes came to a task, tried once a second.",
      "port"),
  RIDES("weir_rides", Type.GAUGE, Unit.COUNT, "Rides that are followed."),
  CERTIFICATE_EXPIRY(
      "weir_tls_certificate_expiry_timestamp_seconds",
      Type.GAUGE,
      Unit.SECONDS,
      "When the certificate in use expires, in seconds since 1970; NaN for clear text.",
      "port"),
  CERTIFICATES_REFUSED(
      "weir_tls_reload_failures_total",
      Type.COUNTER,
      Unit.COUNT,
      "Changes of the files of TLS that cannot be used; the log tells why.",
      "port"),
  TOKENS(
      "weir_tokens_total",
      Type.COUNTER,
      Unit.COUNT,
      "Tokens that were looked at for the first time, by what they turned out to be.",
      "finding"),
  KEYS_REFUSED(
      "weir_jwks_failures_total",
      Type.COUNTER,
      Unit.COUNT,
      "Times that the keys of the issuer of tokens could not be had or used; the log tells why."),
  LOG_LINES_LOST(
      "weir_log_lines_lost_total",
      Type.COUNTER,
      Unit.COUNT,
      "Lines not written: too many of one kind in a second, or the writer could not keep up.",
      "reason"),
  TRACES(
      "weir_traces_total",
      Type.COUNTER,
      Unit.COUNT,
      "Requests that were to be exported as traces: exported, or lost for one of the other"
          + " reasons.",
      "outcome"),
  BUILD(
      "weir_build",
      Type.GAUGE,
      Unit.COUNT,
      "Always 1; tells the version of Weir and of Java.",
      "version",
      "java"),
  MEMORY_USED("jvm_memory_used_bytes", Type.GAUGE, Unit.BYTES, "Memory in use.", "area", "id"),
  MEMORY_COMMITTED(
      "jvm_memory_committed_bytes",
      Type.GAUGE,
      Unit.BYTES,
      "Memory taken from the operating system.",
      "area",
      "id"),
  MEMORY_MAX(
      "jvm_memory_max_bytes",
      Type.GAUGE,
      Unit.BYTES,
      "Memory that may be taken, -1 for no bound.",
      "area",
      "id"),
  BUFFERS_USED(
      "jvm_buffer_memory_used_bytes", Type.GAUGE, Unit.BYTES, "Buffers outside the heap.", "id"),
  LIVE_DATA(
      "jvm_gc_live_data_size_bytes",
      Type.GAUGE,
      Unit.BYTES,
      "Long-lived part of the heap after the last collection that reclaimed any of it."),
  HEAP_AFTER_GC(
      "jvm_memory_usage_after_gc",
      Type.GAUGE,
      Unit.RATIO,
      "Part of the long-lived heap in use after the last collection.",
      "area",
      "pool"),
  GC_OVERHEAD(
      "jvm_gc_overhead",
      Type.GAUGE,
      Unit.RATIO,
      "Part of the time of the last minutes that collections took."),
  ALLOCATED(
      "jvm_gc_memory_allocated_bytes_total",
      Type.COUNTER,
      Unit.BYTES,
      "Memory allocated, as seen by the collector."),
  GC_PAUSE(
      "jvm_gc_pause_seconds",
      Type.SUMMARY,
      Unit.SECONDS,
      "Pauses of the collector.",
      "action",
      "cause",
      "gc"),
  THREADS("jvm_threads_live_threads", Type.GAUGE, Unit.COUNT, "Platform threads."),
  CPU_COUNT("system_cpu_count", Type.GAUGE, Unit.COUNT, "Processors that the JVM may use."),
  CPU_USAGE(
      "process_cpu_usage", Type.GAUGE, Unit.RATIO, "Part of the processors used by this process."),
  SYSTEM_CPU_USAGE(
      "system_cpu_usage", Type.GAUGE, Unit.RATIO, "Part of the processors used by all processes."),
  OPEN_FILES("process_files_open_files", Type.GAUGE, Unit.COUNT, "File descriptors in use."),
  MAX_FILES("process_files_max_files", Type.GAUGE, Unit.COUNT, "File descriptors allowed."),
  UPTIME("process_uptime_seconds", Type.GAUGE, Unit.SECONDS, "Time since the start.");

  private final String family;
  private final Type type;
  private final Unit unit;
  private final String sentence;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> labels;

  Metric(String family, Type type, Unit unit, String sentence, String... labels) {
    this.family = family;
    this.type = type;
    this.unit = unit;
    this.sentence = sentence;
    this.labels = List.of(labels);
  }

  /** Its name in a scrape. Histograms and summaries have further lines with suffixes. */
  String family() {
    return family;
  }

  Type type() {
    return type;
  }

  Unit unit() {
    return unit;
  }

  String sentence() {
    return sentence;
  }

  List<String> labels() {
    return labels;
  }

  /** Kinds of metrics, as Prometheus has them. */
  enum Type {
    COUNTER,
    GAUGE,
    /** Counts by upper bound, a count, a sum. */
    HISTOGRAM,
    /** A count, a sum, and the largest of the last minutes. */
    SUMMARY
  }

  /** Units; the first two are part of the name. */
  enum Unit {
    SECONDS,
    BYTES,
    COUNT,
    /** From 0 to 1. */
    RATIO,
    PERCENT
  }
}
