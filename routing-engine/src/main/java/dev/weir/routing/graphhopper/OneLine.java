package dev.weir.routing.graphhopper;

/** What a fault of GraphHopper's says, on one line. */
final class OneLine {

  private OneLine() {}

  static String of(Throwable fault) {
    String message = fault.getMessage();
    return message == null || message.isBlank()
        ? fault.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
  }
}
