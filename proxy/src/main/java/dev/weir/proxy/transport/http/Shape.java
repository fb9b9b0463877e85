package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.rpc.Status;
import dev.weir.proxy.transport.contract.ContractJson;

/** The language in which a caller is told what is wrong. */
enum Shape {
  /** GraphHopper's JSON. */
  GRAPHHOPPER,
  /** GPX, as GraphHopper writes errors. */
  GPX,
  /** {@code google.rpc.Status} as JSON, of the contract {@code weir.v1}. */
  CONTRACT,
  /** The JSON by which the Connect protocol tells errors. */
  CONNECT,
  /** The same in the last message of a stream. */
  CONNECT_STREAM_JSON,
  CONNECT_STREAM_PROTO;

  /** A fault of the contract, for those who call it. */
  byte[] write(Status status) {
    return switch (this) {
      case GRAPHHOPPER, GPX, CONTRACT -> ContractJson.of(status).getBytes(UTF_8);
      case CONNECT -> ConnectJson.of(status).getBytes(UTF_8);
      case CONNECT_STREAM_JSON, CONNECT_STREAM_PROTO ->
          ConnectFrames.end(("{\"error\":" + ConnectJson.of(status) + "}").getBytes(UTF_8));
    };
  }

  /** Of a fault. */
  String mediaType() {
    return switch (this) {
      case GRAPHHOPPER, CONTRACT, CONNECT -> "application/json";
      case GPX -> "application/gpx+xml";
      case CONNECT_STREAM_JSON -> Framing.CONNECT_JSON.mediaType();
      case CONNECT_STREAM_PROTO -> Framing.CONNECT_PROTO.mediaType();
    };
  }

  /** The status of HTTP that a fault is sent with: a stream of Connect says itself how it ended. */
  int sentStatus(int status) {
    return switch (this) {
      case GRAPHHOPPER, GPX, CONTRACT, CONNECT -> status;
      case CONNECT_STREAM_JSON, CONNECT_STREAM_PROTO -> 200;
    };
  }
}
