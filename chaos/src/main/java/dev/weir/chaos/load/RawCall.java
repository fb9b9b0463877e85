package dev.weir.chaos.load;

import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Calls whose messages are left as they are, so that answers can be compared byte by byte. */
final class RawCall {

  static final MethodDescriptor<byte[], byte[]> GET_ROUTE =
      RoutingServiceGrpc.getGetRouteMethod().toBuilder(new Bytes(), new Bytes()).build();

  private RawCall() {}

  /** A message as a {@link Question} writes it: a character for each byte. */
  static String text(byte[] message) {
    return new String(message, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
