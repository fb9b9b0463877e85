package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.transport.LoadWords;
import io.grpc.Metadata;

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
    trailers.put(LOAD, LoadWords.load(report.loadPercent()));
    trailers.put(ADMISSION, LoadWords.admission(report.lowestAdmitted()));
    orca.addTo(trailers);
  }
}
