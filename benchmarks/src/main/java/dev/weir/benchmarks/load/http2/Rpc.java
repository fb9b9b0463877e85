package dev.weir.benchmarks.load.http2;

import com.google.protobuf.MessageLite;
import java.util.List;

/**
 * A call of gRPC with one request.
 *
 * @param method as in its path, {@code package.Service/Method}
 * @param metadata names in lower case and values, in turn
 */
public record Rpc(String method, MessageLite request, List<String> metadata) {
  public Rpc {
    metadata = List.copyOf(metadata);
  }
}
