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
  CONNECT;

  /** A fault of the contract as JSON, for those who call it. */
  byte[] write(Status status) {
    return (this == CONNECT ? ConnectJson.of(status) : ContractJson.of(status)).getBytes(UTF_8);
  }
}
