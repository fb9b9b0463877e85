package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.routing.MalformedQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * A verb, a blank and a target in the first line, a document after it: as a call by REST, and as
 * one by Connect. Whatever it is, it is read, looked at and checked, or is a mistake that is told
 * in few words.
 */
public final class RestFuzz {

  private static final RestRoutes ROUTES =
      new RestRoutes(TestQuotes.at(InstantSource.fixed(Instant.EPOCH)));
  private static final RpcMethods METHODS = new RpcMethods(ROUTES.methods());

  /** As many fields as are told of, with the longest that is said of one. */
  private static final int LONGEST_FAULT_BYTES = 16_384;

  private RestFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    int line = 0;
    while (line < data.length && data[line] != '\n') {
      line++;
    }
    String head = new String(data, 0, line, ISO_8859_1);
    byte[] document = Arrays.copyOfRange(data, Math.min(line + 1, data.length), data.length);
    int blank = head.indexOf(' ');
    String verb = head.substring(0, Math.max(0, blank));
    String target = head.substring(blank + 1);
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    if (ROUTES.find(verb, path) instanceof RestRoutes.Found<?, ?> found) {
      call(found, query, document);
    }
    for (Codec codec : Codec.values()) {
      if (METHODS.find(verb, path, codec.mediaType()) instanceof RpcMethods.Found<?, ?> found) {
        call(found, query, document);
      }
    }
  }

  private static <Q extends Message, A extends Message> void call(
      Binding<Q, A> binding, String query, byte[] document) {
    try {
      use(binding.method(), binding.read(query, document));
    } catch (MalformedQuery mistake) {
      told(mistake);
    }
  }

  /** As far as a transport and a worker go before the engine. */
  static <Q extends Message, A extends Message> void use(Method<Q, A> method, Q request)
      throws MalformedQuery {
    if (method instanceof Unary<Q, A> unary) {
      Sketch.of(unary.query(request));
    }
    ContractRules.ALL.check(request);
    if (method instanceof Immediate<Q, A> immediate) {
      Codec.JSON.write(immediate.answer("tenant", request));
    }
  }

  static void told(MalformedQuery mistake) {
    byte[] fault = Codec.JSON.write(Statuses.invalid(mistake.problem()));
    if (fault.length > LONGEST_FAULT_BYTES) {
      throw new IllegalStateException(fault.length + " bytes about a mistake");
    }
  }
}
