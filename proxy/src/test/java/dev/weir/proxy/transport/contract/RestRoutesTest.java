package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.contract.openapi.Published;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is served by REST, and what is said of it. */
final class RestRoutesTest {

  @Test
  void whatIsServedIsInTheDocumentAndTheOtherWayRound() throws Exception {
    Set<String> told = new TreeSet<>();
    new ObjectMapper()
        .readTree(Published.document())
        .get("paths")
        .forEachEntry(
            (path, verbs) ->
                verbs
                    .fieldNames()
                    .forEachRemaining(
                        verb -> told.add(verb.toUpperCase(Locale.ROOT) + " " + path)));

    Set<String> served = new TreeSet<>();
    for (String route :
        new RestRoutes(TestQuotes.at(InstantSource.fixed(Instant.EPOCH))).written()) {
      served.add(route.replaceAll("=[^}]*}", "}"));
    }
    assertFalse(served.isEmpty());
    assertEquals(served, told);
  }
}
