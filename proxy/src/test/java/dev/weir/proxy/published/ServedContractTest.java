package dev.weir.proxy.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller who knows the document and nothing else talks to a server. */
final class ServedContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the description of a parameter says if there has to be one of several. */
  private static final Pattern CHOICE = Pattern.compile("Exactly one of `([^`]+)`");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Server server;
  private static JsonNode document;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(TestSettings.monaco(), line -> {});
    document = JSON.readTree(send(request("/openapi.json")).body());
  }

  @AfterAll
  static void stop() {
    CLIENT.shutdownNow();
    server.close();
  }

  /** A verb, a path and what is said of them. */
  record Operation(String verb, String path, JsonNode told) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  private static Stream<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    document
        .get("paths")
        .forEachEntry(
            (path, verbs) ->
                verbs.forEachEntry(
                    (verb, told) ->
                        all.add(new Operation(verb.toUpperCase(Locale.ROOT), path, told))));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aRequestMadeOfTheDocumentIsAnsweredAsTheDocumentSays(Operation operation) throws Exception {
    Schema schema = new Schema(document);

    HttpResponse<String> response = send(request(operation, schema));

    if (!schema.guessed()) {
      assertEquals(200, response.statusCode(), response.body());
    }
    JsonNode told = operation.told.get("responses").path(Integer.toString(response.statusCode()));
    assertTrue(told.isObject(), () -> response.statusCode() + " is not told of");
    JsonNode body = schema.resolve(told).at("/content/application~1json/schema");
    assertEquals(List.of(), schema.misfits(JSON.readTree(response.body()), body));
  }

  @Test
  void aMistakeIsToldAsTheDocumentSays() throws Exception {
    HttpResponse<String> response =
        send(request("/v1/roads:nearest?location.latitude=200&location.longitude=7"));

    assertEquals(400, response.statusCode());
    assertTrue(response.headers().firstValue("X-Weir-Load").isPresent());
    JsonNode status = JSON.readTree(response.body());
    Schema schema = new Schema(document);
    JsonNode told = document.at("/components/responses/Status400/content/application~1json/schema");
    assertEquals(List.of(), schema.misfits(status, told));
    assertEquals("INVALID_FIELD", status.at("/details/0/reason").textValue());
    assertEquals("location.latitude", status.at("/details/1/fieldViolations/0/field").textValue());
  }

  @Test
  void thePageIsThere() throws Exception {
    HttpResponse<String> page = send(request("/docs"));

    assertEquals(200, page.statusCode());
    operations().forEach(operation -> assertTrue(page.body().contains(operation.path)));
  }

  private static HttpRequest.Builder request(Operation operation, Schema schema) {
    String path = operation.path;
    List<String> query = new ArrayList<>();
    for (JsonNode each : operation.told.get("parameters")) {
      JsonNode parameter = schema.resolve(each);
      String name = parameter.get("name").textValue();
      String in = parameter.get("in").textValue();
      if (in.equals("path")) {
        path = path.replace("{" + name + "}", sample(name, parameter, schema));
      } else if (in.equals("query") && needed(name, parameter)) {
        query.add(name + "=" + sample(name, parameter, schema));
      }
    }
    HttpRequest.Builder request =
        request(path + (query.isEmpty() ? "" : "?" + String.join("&", query)))
            .header("Accept", "application/json");
    JsonNode body = operation.told.at("/requestBody/content/application~1json/schema");
    return body.isMissingNode()
        ? request.method(operation.verb, BodyPublishers.noBody())
        : request
            .header("Content-Type", "application/json")
            .method(operation.verb, BodyPublishers.ofString(schema.sample("", body).toString()));
  }

  private static boolean needed(String name, JsonNode parameter) {
    var choice = CHOICE.matcher(parameter.get("description").textValue());
    return parameter.path("required").asBoolean()
        || (choice.find() && name.endsWith(choice.group(1)));
  }

  private static String sample(String name, JsonNode parameter, Schema schema) {
    return URLEncoder.encode(
        schema.sample(name, parameter.get("schema")).asText(), StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + target));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
