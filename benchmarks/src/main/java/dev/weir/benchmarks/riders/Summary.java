package dev.weir.benchmarks.riders;

import com.google.errorprone.annotations.FormatMethod;
import dev.weir.benchmarks.load.Tally.Latency;
import dev.weir.benchmarks.load.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage as a table for the terminal. */
final class Summary {
  private final List<String> lines = new ArrayList<>();

  private Summary() {}

  /** Its lines. */
  static List<String> of(Outcome outcome) {
    Summary summary = new Summary();
    summary.rates(outcome);
    summary.parts(outcome);
    summary.names("shed because", outcome.reasons());
    summary.names("good, but without", outcome.degraded());
    summary.rest(outcome);
    return summary.lines;
  }

  @FormatMethod
  private void add(String format, Object... arguments) {
    lines.add(String.format(Locale.ROOT, format, arguments));
  }

  private void rates(Outcome o) {
    add("%-22s %10s %10s %10s %10s", "", "per second", "p50 ms", "p99 ms", "max ms");
    add("%-22s %10.1f", "offered", o.offeredPerSecond());
    latency("good", o.goodPerSecond(), o.good());
    latency("shed", o.count(Verdict.REFUSED) / o.seconds(), o.shed());
    latency("late", o.count(Verdict.LATE) / o.seconds(), o.late());
    other("errors", Verdict.ERROR, o);
    other("unanswered", Verdict.UNANSWERED, o);
    other("left at the deadline", Verdict.LEFT, o);
    other("no rider was free", Verdict.NO_CONNECTION, o);
  }

  private void latency(String name, double rate, Latency latency) {
    add(
        "%-22s %10.1f %10.1f %10.1f %10.1f",
        name, rate, latency.p50Millis(), latency.p99Millis(), latency.maxMillis());
  }

  private void other(String name, Verdict verdict, Outcome o) {
    if (o.count(verdict) > 0) {
      add("%-22s %10.1f", name, o.count(verdict) / o.seconds());
    }
  }

  private void parts(Outcome o) {
    add("%-22s %10s %10s %10s %11s", "", "offered", "good", "shed", "success");
    for (Kind kind : Kind.values()) {
      part(kind.name(), o.kinds().get(kind));
    }
    o.tiers().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(tier -> part(tier.getKey().name(), tier.getValue()));
  }

  private void part(String name, Outcome.@Nullable Part part) {
    if (part != null && part.offered() > 0) {
      add(
          "%-22s %10d %10d %10d %9.1f %%",
          name.toLowerCase(Locale.ROOT),
          part.offered(),
          part.good(),
          part.shed(),
          100 * part.success());
    }
  }

  private void names(String title, Map<String, Long> counts) {
    counts.forEach((name, count) -> add("%-22s %10d  %s", title, count, name));
  }

  private void rest(Outcome o) {
    if (o.retries().asked() > 0) {
      add(
          "%-22s %10d, of which %d got a good answer",
          "retries", o.retries().asked(), o.retries().good());
    }
    add(
        "server: %.0f %% of a processor, at most %.0f MiB resident, %d riders connected;"
            + " steal %.1f %%",
        o.cpu().serverPercent(), o.peakMemoryMib(), o.connected(), o.cpu().stealPercent());
    add("%s", o.claim().sentence());
  }
}
