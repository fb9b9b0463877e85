package dev.weir.proxy.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.auth.TestIssuer;
import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.development.Pair;
import dev.weir.proxy.transport.tls.TestCertificates;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A whole server with secrets of all kinds, which is called in all ways with good and bad ones, and
 * then everything that it has told anybody: log, answers, metrics, settings.
 */
final class SecretsTest {

  private static final String ROUTE =
      "/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197";
  private static final List<String> TARGETS =
      List.of(ROUTE, "/route?profile=no-such-profile", "/v1/quotes?page_token=x", "/nowhere?");

  private static final String KEY = "weir_the-key-of-riders-0123456789";
  private static final String FOREIGN_KEY = "weir_a-key-of-nobody-0123456789";
  private static final String OPERATOR = "operators-word-0123456789abcdef";
  private static final String NO_OPERATOR = "no-operators-word-0123456789abcd";
  private static final TestIssuer ISSUER = TestIssuer.ed25519("one");
  private static final String TOKEN = token(ISSUER);
  private static final String FORGED_TOKEN = token(TestIssuer.ed25519("one"));
  private static final Pair TLS = TestCertificates.ours().server();

  @TempDir private Path dir;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final StringJoiner told = new StringJoiner("\n");
  private Server server;

  private static String token(TestIssuer by) {
    return by.token("rider-7", Instant.now().plusSeconds(3_600));
  }

  @BeforeEach
  void start() throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.DEBUG);
    context.getLogger("dev.weir").setLevel(Level.TRACE);
    // As a server sets it, whatever its settings say: it would log all frames.
    context.getLogger("io.grpc").setLevel(Level.ERROR);
    log.start();
    root.addAppender(log);
    Files.writeString(dir.resolve("jwks.json"), TestIssuer.jwks(ISSUER));
    write(Objects.requireNonNull(ApiKey.of(KEY)).hashed(), OPERATOR);
    Reading first = read();
    server =
        Server.start(
            assertInstanceOf(Reading.Accepted.class, first, first::toString).settings(),
            this::read,
            told::add);
  }

  /** Logging is of the whole process: other tests find it as they expect it. */
  @AfterEach
  void stop() throws JoranException {
    server.close();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  private void write(String key, String operator) throws IOException {
    String tls = "tls: {certificate: " + TLS.certificate() + ", key: " + TLS.key() + "}";
    String tokens =
        String.format(
            "{jwks: %s, issuer: %s, audience: %s}",
            dir.resolve("jwks.json"), TestIssuer.NAME, TestIssuer.AUDIENCE);
    Files.writeString(
        dir.resolve("weir.yaml"),
        """
        warm-up: {at-most: 0s}
        http: {%s}
        grpc: {enabled: true, %s}
        admin: {token: "%s"}
        log: {access: true, decisions: true}
        callers:
          require-key: true
          max-failures: 0
          tokens: %s
          tenants: [{name: riders, keys: ["%s"], claims: ["*"]}]
        """
            .formatted(tls, tls, operator, tokens, key));
  }

  private Reading read() {
    Overrides overrides =
        new Overrides(TestSettings.map(), TestSettings.monaco().engine().graphDir(), 0, 0, 0, null);
    return SettingsReader.read(dir.resolve("weir.yaml"), overrides, Places.HERE);
  }

  /** Headers that bring a secret, each with its value. */
  private static List<Map.Entry<String, String>> credentials() {
    return Stream.of(KEY, FOREIGN_KEY, TOKEN, FORGED_TOKEN)
        .flatMap(
            secret ->
                Stream.of(
                    Map.entry("x-api-key", secret),
                    Map.entry("authorization", "Bearer " + secret),
                    Map.entry("authorization", "Basic " + base64(secret.getBytes(UTF_8)))))
        .toList();
  }

  @Test
  void noSecretIsToldInWhateverFormItIs() throws Exception {
    Set<Integer> statuses = new TreeSet<>();
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(TestCertificates.context(TestCertificates.ours().authority(), null))
            .build()) {
      statuses.addAll(askByHttp(client, HttpClient.Version.HTTP_1_1));
      statuses.addAll(askByHttp(client, HttpClient.Version.HTTP_2));
      askByGrpc();
      operate(client);
    }
    server.close();
    log.list.forEach(event -> told.add(line(event)));
    String all = told.toString();

    assertTrue(statuses.containsAll(List.of(200, 400, 401, 404)), statuses::toString);
    for (String part :
        List.of("answered", "weir_tokens_total{", "require-key", "UNAUTHENTICATED")) {
      assertTrue(all.contains(part), () -> part + " is not there: nothing can be found in it");
    }
    assertEquals(
        List.of(),
        Stream.of(KEY, FOREIGN_KEY, TOKEN, FORGED_TOKEN, OPERATOR, NO_OPERATOR, privateKey())
            .flatMap(SecretsTest::forms)
            .filter(all::contains)
            .toList());
  }

  private Set<Integer> askByHttp(HttpClient client, HttpClient.Version version) throws Exception {
    Set<Integer> statuses = new TreeSet<>();
    for (String target : TARGETS) {
      for (Map.Entry<String, String> each : credentials()) {
        HttpRequest.Builder request = request("https", server.httpPort(), target).version(version);
        statuses.add(hear(client, request.header(each.getKey(), each.getValue())));
        String secret = each.getValue().substring(each.getValue().indexOf(' ') + 1);
        String withKey = target + "&key=" + secret;
        statuses.add(hear(client, request("https", server.httpPort(), withKey).version(version)));
        statuses.add(
            hear(
                client,
                request("https", server.httpPort(), withKey)
                    .version(version)
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString("{\"profile\":"))));
      }
    }
    return statuses;
  }

  private static HttpRequest.Builder request(String scheme, int port, String target) {
    return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + target));
  }

  private int hear(HttpClient client, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    told.add(answer.headers().map().toString()).add(answer.body());
    return answer.statusCode();
  }

  private void askByGrpc() throws Exception {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "localhost:" + server.grpcPort(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(TestCertificates.ours().authority().certificate().toFile())
                    .build())
            .build();
    try {
      for (String profile : List.of("car", "no-such-profile")) {
        for (Map.Entry<String, String> each : credentials()) {
          Metadata head = new Metadata();
          head.put(
              Metadata.Key.of(each.getKey(), Metadata.ASCII_STRING_MARSHALLER), each.getValue());
          ask(channel, profile, head);
        }
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private void ask(ManagedChannel channel, String profile, Metadata head) {
    Location place = Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246).build();
    GetRouteRequest route =
        GetRouteRequest.newBuilder()
            .setProfile(profile)
            .setOrigin(place)
            .setDestination(place)
            .build();
    try {
      told.add(
          RoutingServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
              .getRoute(route)
              .toString());
    } catch (StatusRuntimeException end) {
      told.add(end.getStatus().toString()).add(String.valueOf(end.getTrailers()));
    }
  }

  /** As an operator does, also one that makes mistakes in the file of settings. */
  private void operate(HttpClient client) throws Exception {
    for (String word : List.of(OPERATOR, NO_OPERATOR)) {
      for (String target : List.of("/metrics", "/config", "/breaker", "/no?token=" + word)) {
        hear(client, admin(target, word));
      }
    }
    write(KEY + "\u00e4", NO_OPERATOR);
    assertEquals(400, reload(client, OPERATOR));
    write(KEY + "\", \"" + KEY, OPERATOR);
    assertEquals(400, reload(client, OPERATOR));
    write("sha256:" + HexFormat.of().formatHex(sha256(KEY)) + "00", OPERATOR);
    assertEquals(400, reload(client, OPERATOR));
    write(KEY, NO_OPERATOR);
    assertEquals(409, reload(client, OPERATOR));
    assertEquals(401, reload(client, NO_OPERATOR));
    Files.writeString(dir.resolve("weir.yaml"), "admin: {token: [" + OPERATOR);
    assertEquals(400, reload(client, OPERATOR));
  }

  private HttpRequest.Builder admin(String target, String word) {
    return request("http", server.adminPort(), target).header("authorization", "Bearer " + word);
  }

  private int reload(HttpClient client, String word) throws Exception {
    return hear(client, admin("/config/reload", word).POST(BodyPublishers.noBody()));
  }

  private static String line(ILoggingEvent event) {
    return event.getLoggerName()
        + " "
        + event.getFormattedMessage()
        + " "
        + event.getKeyValuePairs()
        + " "
        + event.getMDCPropertyMap()
        + " "
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  /** Of the server: the letters that its file has, in one line. */
  private static String privateKey() throws IOException {
    return Files.readAllLines(TLS.key()).get(1);
  }

  /** A secret in clear, encoded, and as its digest; of tokens also what nobody else can make. */
  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    byte[] digest = sha256(secret);
    String signature = secret.substring(secret.lastIndexOf('.') + 1);
    return Stream.of(
        secret,
        signature,
        base64(bytes),
        base64(digest),
        Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().formatHex(digest),
        HexFormat.of().withUpperCase().formatHex(digest));
  }

  /** Without what is appended to fill it up. */
  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
