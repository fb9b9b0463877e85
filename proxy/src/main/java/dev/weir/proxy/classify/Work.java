package dev.weir.proxy.classify;

import dev.weir.proxy.path.Traits;
import java.util.List;

/** Kinds of work that have little in common. */
enum Work {
  ROUTE(0),
  ALTERNATIVES(1),
  ROUND_TRIP(2),
  ISOCHRONE(3),
  SPT(4),
  NEAREST(5),
  MATRIX(6);

  /** By digit. */
  static final List<Work> ALL = List.of(values());

  private final int digit;

  Work(int digit) {
    this.digit = digit;
  }

  /** In the numbers of cells. */
  int digit() {
    return digit;
  }

  static Work of(Traits traits) {
    return switch (traits.kind()) {
      case ROUTE ->
          switch (traits.search()) {
            case PLAIN -> ROUTE;
            case ALTERNATIVES -> ALTERNATIVES;
            case ROUND_TRIP -> ROUND_TRIP;
          };
      case ISOCHRONE -> ISOCHRONE;
      case SPT -> SPT;
      case NEAREST -> NEAREST;
      case MATRIX -> MATRIX;
    };
  }

  /** How the engine searches. */
  enum Mode {
    /** With contraction hierarchies. */
    SPEED(0),
    /** With landmarks. */
    HYBRID(1),
    FLEXIBLE(2);

    /** By digit. */
    static final List<Mode> ALL = List.of(values());

    private final int digit;

    Mode(int digit) {
      this.digit = digit;
    }

    /** In the numbers of cells. */
    int digit() {
      return digit;
    }
  }
}
