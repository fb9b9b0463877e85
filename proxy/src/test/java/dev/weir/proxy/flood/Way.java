package dev.weir.proxy.flood;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way to ask.
 *
 * @param http2 whether by HTTP/2 with prior knowledge, on the port of HTTP; gRPC has its own
 */
record Way(Form form, boolean http2) {

  /** All there are. */
  static final List<Way> ALL =
      Stream.concat(
              Stream.of(Form.values()).map(form -> new Way(form, false)),
              Stream.of(Form.values())
                  .filter(form -> form != Form.GRPC)
                  .map(form -> new Way(form, true)))
          .toList();

  /** How questions and answers are written. */
  enum Form {
    /** As GraphHopper has it. */
    GRAPHHOPPER,
    /** Several answers are lines. */
    REST,
    /** Several answers are server-sent events. */
    EVENTS,
    /** Several answers are the elements of an array. */
    ARRAY,
    CONNECT_JSON,
    CONNECT_PROTO,
    GRPC
  }
}
