package dev.weir.proxy;

import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import org.jspecify.annotations.Nullable;

/** What is in the house, for callers: calls that run and wait, per call that may run. */
record PlaneLoad(DataPlane plane) implements LoadReport {

  private static final Identity ANYBODY = Identity.of("");

  @Override
  public int loadPercent() {
    return 100 * plane.gate().inHouse() / plane.gate().permits();
  }

  @Override
  public @Nullable Priority lowestAdmitted() {
    return plane.gate().screen(ANYBODY, Long.MAX_VALUE) == null ? Priority.BATCH : null;
  }
}
