package dev.weir.proxy.transport.contract;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.weir.proxy.path.QuoteBook;
import dev.weir.proxy.transport.contract.PathTemplate.Capture;
import dev.weir.routing.MalformedQuery;
import dev.weir.v1.RideServiceProto;
import dev.weir.v1.RoutingServiceProto;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The contract's methods by their paths on HTTP, as its annotations say. Thread-safe. */
public final class RestRoutes {

  private final List<RestRoute<?, ?>> routes = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private final Binder binder = new Binder();

  /** The routes of all methods that one request asks. */
  public RestRoutes(QuoteBook quotes) {
    add(
        RoutingServiceProto.getDescriptor().findServiceByName("RoutingService"),
        Map.of(
            "GetRoute", new GetRoute(),
            "StreamRoutes", new StreamRoutes(),
            "GetIsochrone", new GetIsochrone(),
            "GetMatrix", new GetMatrix(),
            "FindNearest", new FindNearest()));
    add(
        RideServiceProto.getDescriptor().findServiceByName("RideService"),
        Map.of(
            "QuoteRide", new QuoteRide(quotes),
            "ListQuotes", new ListQuotes(quotes)));
  }

  private void add(ServiceDescriptor service, Map<String, Method<?, ?>> methods) {
    methods.forEach((name, method) -> add(service.findMethodByName(name), method));
  }

  private <Q extends Message, A extends Message> void add(
      MethodDescriptor descriptor, Method<Q, A> method) {
    HttpRule rule = descriptor.getOptions().getExtension(AnnotationsProto.http);
    add(rule, method);
    rule.getAdditionalBindingsList().forEach(more -> add(more, method));
  }

  private <Q extends Message, A extends Message> void add(HttpRule rule, Method<Q, A> method) {
    String verb = rule.getPatternCase().name();
    String path =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case POST -> rule.getPost();
          case PUT, DELETE, PATCH, CUSTOM, PATTERN_NOT_SET ->
              throw new IllegalArgumentException(verb + " is not served");
        };
    if (!rule.getBody().isEmpty() && !rule.getBody().equals("*")) {
      throw new IllegalArgumentException("a body of one field is not served: " + path);
    }
    if (!rule.getBody().isEmpty() && method instanceof Immediate) {
      throw new IllegalArgumentException("a body is not answered at once: " + path);
    }
    routes.add(
        new RestRoute<>(method, verb, PathTemplate.parse(path), !rule.getBody().isEmpty(), binder));
    written.add(verb + " " + path);
  }

  /** Verb and path of each, as the annotations write them. */
  List<String> written() {
    return List.copyOf(written);
  }

  /** The methods that are called by these routes, each once. */
  public Set<Method<?, ?>> methods() {
    Set<Method<?, ?>> methods = new LinkedHashSet<>();
    routes.forEach(route -> methods.add(route.method()));
    return methods;
  }

  /** What a verb and a path mean. */
  public sealed interface Lookup {}

  /** A way to call a method. */
  public record Found<Q extends Message, A extends Message>(
      RestRoute<Q, A> route, List<Capture> captures) implements Lookup, Binding<Q, A> {

    @Override
    public Method<Q, A> method() {
      return route.method();
    }

    @Override
    public Codec codec() {
      return Codec.JSON;
    }

    @Override
    public Q read(String query, byte[] document) throws MalformedQuery {
      return route.read(captures, query, document);
    }
  }

  /**
   * There is such a path, for other verbs.
   *
   * @param verbs in alphabetical order, separated as in the header {@code Allow}
   */
  public record OtherVerb(String verbs) implements Lookup {}

  /**
   * @param path as sent, without query
   * @return {@code null} if there is no such path
   */
  public @Nullable Lookup find(String verb, String path) {
    for (RestRoute<?, ?> route : routes) {
      List<Capture> captures = route.verb().equals(verb) ? route.match(path) : null;
      if (captures != null) {
        return new Found<>(route, captures);
      }
    }
    return otherVerb(path);
  }

  private @Nullable OtherVerb otherVerb(String path) {
    TreeSet<String> verbs = new TreeSet<>();
    for (RestRoute<?, ?> route : routes) {
      if (route.match(path) != null) {
        verbs.add(route.verb());
      }
    }
    return verbs.isEmpty() ? null : new OtherVerb(String.join(", ", verbs));
  }
}
