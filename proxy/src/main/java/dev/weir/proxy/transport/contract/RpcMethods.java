package dev.weir.proxy.transport.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.weir.routing.MalformedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contract's methods by their full names, as {@code /weir.v1.RoutingService/GetRoute}: the
 * paths of the Connect protocol [1]. Thread-safe.
 *
 * <p>[1] https://connectrpc.com/docs/protocol
 */
public final class RpcMethods {

  private final Map<String, Method<?, ?>> byPath = new HashMap<>();

  /**
   * @param methods each is found in the services of its file by the request it takes
   */
  public RpcMethods(Collection<Method<?, ?>> methods) {
    methods.forEach(method -> byPath.put(path(method.prototype().getDescriptorForType()), method));
  }

  /** No two methods of the contract take the same request. */
  private static String path(Descriptor request) {
    for (ServiceDescriptor service : request.getFile().getServices()) {
      for (MethodDescriptor method : service.getMethods()) {
        if (method.getInputType().equals(request)) {
          return "/" + service.getFullName() + "/" + method.getName();
        }
      }
    }
    throw new IllegalArgumentException("no service takes a " + request.getFullName());
  }

  /** What verb, path and type of a body mean. */
  public sealed interface Lookup {}

  /** A method that is called. */
  public record Found<Q extends Message, A extends Message>(Method<Q, A> method, Codec codec)
      implements Lookup, Binding<Q, A> {

    @Override
    @SuppressWarnings("unchecked") // a builder of the prototype builds what the prototype is
    public Q read(String query, byte[] document) throws MalformedQuery {
      Message.Builder request = method.prototype().newBuilderForType();
      codec.merge(document, request);
      return (Q) request.build();
    }
  }

  /** There is such a method, but it is not called so. */
  public enum Mistake implements Lookup {
    /** Another verb than POST. */
    VERB,
    /** A body of a type that is not read here, or of none. */
    TYPE,
    /** The same of a method with several answers, for which there are other types. */
    STREAM_TYPE
  }

  /**
   * @param path as sent, without query
   * @param mediaType of the body, without parameters; empty if it is not said
   * @return {@code null} if there is no such method, or it takes more than one request
   */
  public @Nullable Lookup find(String verb, String path, String mediaType) {
    Method<?, ?> method = byPath.get(path);
    if (method == null) {
      return null;
    }
    if (!verb.equals("POST")) {
      return Mistake.VERB;
    }
    boolean streamed = method instanceof Streamed;
    Codec codec = streamed ? Codec.ofStream(mediaType) : Codec.of(mediaType);
    if (codec == null) {
      return streamed ? Mistake.STREAM_TYPE : Mistake.TYPE;
    }
    return new Found<>(method, codec);
  }
}
