package dev.weir.proxy.fuzz;

import dev.weir.proxy.auth.TokenReaderFuzz;
import dev.weir.proxy.rides.TokenFuzz;
import dev.weir.proxy.transport.TracesFuzz;
import dev.weir.proxy.transport.contract.JsonFuzz;
import dev.weir.proxy.transport.contract.PathTemplateFuzz;
import dev.weir.proxy.transport.contract.PolylineFuzz;
import dev.weir.proxy.transport.contract.RestFuzz;
import dev.weir.proxy.transport.grpc.MetadataFuzz;
import dev.weir.proxy.transport.http.EnvelopeFuzz;
import dev.weir.proxy.transport.http.GlanceFuzz;
import dev.weir.proxy.transport.http.Http2Fuzz;
import dev.weir.proxy.transport.http.HttpFuzz;
import java.util.Locale;
import java.util.function.Consumer;

/** What is fuzzed. Each takes any bytes, and throws if what read them did what it must not do. */
enum Target {
  /** From bytes to requests, and to what is told by their heads alone. */
  HTTP(HttpFuzz.class, HttpFuzz::fuzzerTestOneInput),
  /** From frames to requests, and back from their answers. */
  HTTP2(Http2Fuzz.class, Http2Fuzz::fuzzerTestOneInput),
  /** Messages in the envelopes of Connect. */
  ENVELOPE(EnvelopeFuzz.class, EnvelopeFuzz::fuzzerTestOneInput),
  /** What requests are called, and the traces they belong to. */
  TRACES(TracesFuzz.class, TracesFuzz::fuzzerTestOneInput),
  /** What callers by gRPC say of themselves. */
  METADATA(MetadataFuzz.class, MetadataFuzz::fuzzerTestOneInput),
  /** Queries and documents in GraphHopper's words. */
  GLANCE(GlanceFuzz.class, GlanceFuzz::fuzzerTestOneInput),
  /** Verb, path, query and document of a call of the contract. */
  REST(RestFuzz.class, RestFuzz::fuzzerTestOneInput),
  /** Templates of paths, and paths. */
  TEMPLATE(PathTemplateFuzz.class, PathTemplateFuzz::fuzzerTestOneInput),
  /** Messages as JSON and in the binary form. */
  JSON(JsonFuzz.class, JsonFuzz::fuzzerTestOneInput),
  /** Tokens of pages, and ids of quotes. */
  TOKEN(TokenFuzz.class, TokenFuzz::fuzzerTestOneInput),
  /** Tokens that an issuer signs. */
  JWT(TokenReaderFuzz.class, TokenReaderFuzz::fuzzerTestOneInput),
  /** Lines as they are encoded in answers. */
  POLYLINE(PolylineFuzz.class, PolylineFuzz::fuzzerTestOneInput);

  private final Class<?> owner;

  @SuppressWarnings("ImmutableEnumChecker") // they are references to methods
  private final Consumer<byte[]> method;

  /**
   * @param owner by whose name Jazzer finds the method
   */
  Target(Class<?> owner, Consumer<byte[]> method) {
    this.owner = owner;
    this.method = method;
  }

  Class<?> owner() {
    return owner;
  }

  void read(byte[] input) {
    method.accept(input);
  }

  /** The directory of its inputs. */
  String directory() {
    return name().toLowerCase(Locale.ROOT);
  }
}
