package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.contract.openapi.Published;
import dev.weir.proxy.transport.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract for programs and for people, as the port of callers gives it. */
final class ContractPagesTest {

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private Response send(String... lines) throws IOException {
    try (RawClient client = server.client()) {
      return client.head(lines).receive();
    }
  }

  @Test
  void theDocumentIsJsonForAnyWebPage() throws Exception {
    Response plain = send("GET /openapi.json HTTP/1.1");

    assertEquals(200, plain.status());
    assertEquals("application/json", plain.header("content-type"));
    assertEquals("*", plain.header("access-control-allow-origin"));
    String document = new String(Published.document(), StandardCharsets.UTF_8);
    assertEquals(document, plain.body());
    assertEquals(Resource.OPENAPI, server.observer.nextAnswer().resource());

    Response gzipped = send("GET /openapi.json HTTP/1.1", "Accept-Encoding: gzip");
    assertEquals("gzip", gzipped.header("content-encoding"));
    assertEquals("Accept-Encoding", gzipped.header("vary"));
    assertEquals(document, gzipped.inflated());
  }

  @Test
  void thePageMayLoadNothing() throws Exception {
    Response page = send("GET /docs HTTP/1.1");

    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.header("content-type"));
    assertEquals(Published.pagePolicy(), page.header("content-security-policy"));
    assertTrue(page.body().startsWith("<!DOCTYPE html>"));
    assertEquals(Resource.DOCS, server.observer.nextAnswer().resource());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HEAD /openapi.json | Accept: */* | 200",
        "HEAD /docs | Accept: */* | 200",
        "GET /docs/ | Accept: text/html,*/*;q=0.8 | 200",
        "GET /docs | Accept: image/png | 406",
        "GET /openapi.json | Accept: text/html | 406",
        "DELETE /docs | Accept: */* | 405",
        "OPTIONS /openapi.json | Accept: */* | 200",
        "GET /docs/more | Accept: */* | 404",
      })
  void otherRequestsAreAnsweredAsThoseForOtherDocuments(String line, String accept, int status)
      throws Exception {
    try (RawClient client = server.client()) {
      client.head(line + " HTTP/1.1", accept);
      assertEquals(status, client.receive(!line.startsWith("HEAD")).status());
    }
  }
}
