package dev.weir.proxy.transport.admin.live;

import dev.weir.proxy.path.BreakerSwitch.Position;
import java.util.List;

/** A server at rest. */
public final class FakeVitals {

  public static final Vitals CALM =
      new Vitals(
          "1.2.3",
          true,
          false,
          Position.CLOSED,
          4,
          1,
          2,
          0.25,
          3.5,
          60,
          List.of(1.0, 1.0, 0.5, 0.0),
          List.of("share"),
          List.of("gate.dry-run"));

  private FakeVitals() {}
}
