package dev.weir.proxy.transport.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of callers, and hands over {@code null} for one that cannot be read, so that its
 * call ends as a mistake of the caller. Left to itself, gRPC would end it with UNKNOWN and write a
 * stack trace for each.
 */
final class Legible<Q> implements MethodDescriptor.Marshaller<@Nullable Q> {

  private final MethodDescriptor.Marshaller<Q> strict;

  private Legible(MethodDescriptor.Marshaller<Q> strict) {
    this.strict = strict;
  }

  /** The same service, whose calls are to expect such messages. */
  static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor descriptor = service.getServiceDescriptor();
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      methods.add(of(method));
    }
    ServiceDescriptor.Builder described =
        ServiceDescriptor.newBuilder(descriptor.getName())
            .setSchemaDescriptor(descriptor.getSchemaDescriptor());
    methods.forEach(method -> described.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder legible = ServerServiceDefinition.builder(described.build());
    methods.forEach(legible::addMethod);
    return legible.build();
  }

  private static <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> strict = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        strict.toBuilder(
                new Legible<>(strict.getRequestMarshaller()), strict.getResponseMarshaller())
            .build(),
        method.getServerCallHandler());
  }

  @Override
  public InputStream stream(Q message) {
    return strict.stream(message);
  }

  @Override
  public @Nullable Q parse(InputStream message) {
    try {
      return strict.parse(message);
    } catch (StatusRuntimeException unreadable) {
      return null;
    }
  }
}
