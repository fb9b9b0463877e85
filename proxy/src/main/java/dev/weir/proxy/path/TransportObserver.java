package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;

/** Hears what happens on the wire. Thread-safe; called on event loops, so it must not block. */
public interface TransportObserver {

  void connectionOpened();

  void connectionClosed();

  /**
   * A connection was closed by us, or not accepted, or of HTTP/2 a request was. {@link
   * #connectionClosed} follows if opened.
   */
  void connectionCut(Cut why);

  /** An answer was handed to the connection, refusals included. */
  void answered(Answered answer);

  /** The transport caught a fault of ours; the log is to tell of it under the request's id. */
  void failed(Resource resource, Trace trace, Throwable fault);

  /**
   * The transport refused a call by itself, before the path heard of it: for want of memory, not of
   * processor time.
   */
  void refused(RequestKind kind, Refusal.Reason reason);

  /** Answers that were computed and not yet taken by their callers grew or shrank by so much. */
  void pendingAnswerBytes(long change);

  /** What was asked for; a bounded set, whatever path a caller makes up. */
  enum Resource {
    ROUTE,
    ISOCHRONE,
    SPT,
    NEAREST,
    INFO,
    HEALTH,
    I18N,
    /** What there is to read of the contract. */
    OPENAPI,
    DOCS,
    /** The playground. */
    MAPS,
    /** Of the contract {@code weir.v1}, by whatever transport. */
    GET_ROUTE,
    STREAM_ROUTES,
    TRACK_RIDE,
    GET_ISOCHRONE,
    FIND_NEAREST,
    GET_MATRIX,
    QUOTE_RIDE,
    LIST_QUOTES,
    /** Known from GraphHopper, not offered here. */
    NOT_OFFERED,
    UNKNOWN
  }

  /** Why a connection was cut, or of HTTP/2 a single request. */
  enum Cut {
    TOO_MANY_CONNECTIONS,
    TOO_MANY_FROM_ADDRESS,
    SLOW_HEADER,
    SLOW_BODY,
    SLOW_READER,
    IDLE,
    /** A call by gRPC only, not its connection: its caller took too long to send or to read. */
    SLOW_CALL,
    /** It could not be secured: no TLS, or none that we speak, or no certificate that we trust. */
    HANDSHAKE,
    MALFORMED,
    /** Of HTTP/2: resets, settings, pings and the like without end, and hardly a request. */
    FLOOD
  }
}
