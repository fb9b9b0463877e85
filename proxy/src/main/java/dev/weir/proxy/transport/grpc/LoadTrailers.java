package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import io.grpc.Metadata;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells callers of the load, at the end of each call. Thread-safe. */
final class LoadTrailers {

  private static final Metadata.Key<String> LOAD =
      Metadata.Key.of("x-weir-load", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> ADMISSION =
      Metadata.Key.of("x-weir-admission", Metadata.ASCII_STRING_MARSHALLER);

  private final LoadReport report;
  private final Orca orca;

  LoadTrailers(LoadReport report, Orca orca) {
    this.report = report;
    this.orca = orca;
  }

  void addTo(Metadata trailers) {
    int percent = report.loadPercent();
    trailers.put(LOAD, String.format(Locale.ROOT, "%d.%02d", percent / 100, percent % 100));
    trailers.put(ADMISSION, admission(report.lowestAdmitted()));
    orca.addTo(trailers);
  }

  private static String admission(@Nullable Priority lowest) {
    return switch (lowest) {
      case null -> "none";
      case CRITICAL -> "critical";
      case DEFAULT -> "default";
      case SHEDDABLE -> "sheddable";
      case BATCH -> "all";
    };
  }
}
