package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;

/** Messages of the contract as JSON, and the details of faults. Thread-safe. */
public final class ContractJson {

  private static final JsonWriter WRITER =
      new JsonWriter(
          JsonFormat.printer()
              .usingTypeRegistry(
                  TypeRegistry.newBuilder()
                      .add(ErrorInfo.getDescriptor())
                      .add(BadRequest.getDescriptor())
                      .add(RetryInfo.getDescriptor())
                      .build())
              .omittingInsignificantWhitespace());

  private ContractJson() {}

  /** As the JSON mapping of protocol buffers says; what is not set is left out. */
  public static String of(Message message) {
    return new String(bytes(message), UTF_8);
  }

  /** The same in UTF-8. */
  static byte[] bytes(Message message) {
    return WRITER.write(message);
  }
}
