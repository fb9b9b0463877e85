package dev.weir.proxy.conformance;

import static dev.weir.proxy.conformance.Deviation.answers;

import java.util.List;

/**
 * Every request that Weir answers otherwise on purpose: which, where that is explained, what
 * instead.
 */
final class Deviations {

  static final List<Deviation> ALL =
      List.of(
          answers("^\\w+ /(match|navigate|mvt|maps)", "not offered", 501, "not offered"),
          answers("[?&]timeout_ms=(0|-1)$|\"timeout_ms\":0}", "timeout_ms", 503, "deadline"));

  private Deviations() {}

  static List<Deviation> of(Probe probe) {
    return ALL.stream().filter(deviation -> deviation.appliesTo(probe)).toList();
  }
}
