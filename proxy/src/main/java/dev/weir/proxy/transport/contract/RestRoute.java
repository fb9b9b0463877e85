package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.weir.proxy.transport.contract.PathTemplate.Capture;
import dev.weir.routing.MalformedQuery;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to call a method by REST: a verb of HTTP, a path, and where its fields are. Immutable;
 * thread-safe.
 */
public final class RestRoute<Q extends Message, A extends Message> {

  /** Query parameters that are not fields: the key of a caller. */
  private static final Set<String> NO_FIELDS = Set.of("key");

  private final Method<Q, A> method;
  private final String verb;
  private final PathTemplate path;
  private final boolean body;
  private final Binder binder;

  /**
   * @param body all fields that are not in the path are in a JSON document; otherwise they are
   *     query parameters
   */
  RestRoute(Method<Q, A> method, String verb, PathTemplate path, boolean body, Binder binder) {
    this.method = method;
    this.verb = verb;
    this.path = path;
    this.body = body;
    this.binder = binder;
  }

  /** The method that is called. */
  public Method<Q, A> method() {
    return method;
  }

  /** Of HTTP. */
  String verb() {
    return verb;
  }

  /** Whether its fields are in a document. */
  public boolean body() {
    return body;
  }

  @Nullable List<Capture> match(String target) {
    return path.match(target);
  }

  /**
   * Reads a request.
   *
   * @param query raw, without question mark
   * @param document empty if there is none
   * @throws MalformedQuery if it cannot be read; its fields were not checked by their rules
   */
  @SuppressWarnings("unchecked") // a builder of the prototype builds what the prototype is
  Q read(List<Capture> captures, String query, byte[] document) throws MalformedQuery {
    Message.Builder request = method.prototype().newBuilderForType();
    if (body) {
      Codec.JSON.merge(document, request);
    } else {
      readQuery(query, request);
    }
    for (Capture capture : captures) {
      binder.clear(request, capture.field());
      binder.set(request, capture.field(), capture.value());
    }
    return (Q) request.build();
  }

  private void readQuery(String query, Message.Builder request) throws MalformedQuery {
    int from = 0;
    while (from < query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', from);
      if (end > from) {
        boolean valued = equals >= 0 && equals < end;
        String name = decoded(query.substring(from, valued ? equals : end));
        if (!NO_FIELDS.contains(name)) {
          binder.set(request, name, valued ? decoded(query.substring(equals + 1, end)) : "");
        }
      }
      from = end + 1;
    }
  }

  private static String decoded(String text) throws MalformedQuery {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Codec.unreadable("The query is not percent-encoded as it should be.");
    }
  }
}
