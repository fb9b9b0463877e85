package dev.weir.proxy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.deployment.Chart.Manifests;
import dev.weir.proxy.lifecycle.Callers;
import dev.weir.proxy.path.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, rendered with its defaults and with each option, as Helm and Weir itself read it. */
final class ChartTest {

  private static final String DEFAULTS = "defaults";

  /** What a server takes at the end beyond the time for what runs. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(2);

  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry(DEFAULTS, ""),
          Map.entry("autoscaling", "autoscaling: {enabled: true}"),
          Map.entry("monitored", "serviceMonitor: {enabled: true, labels: {release: prometheus}}"),
          Map.entry("tls", "tls: {secretName: city-tls}"),
          Map.entry(
              "mtls",
              "tls: {secretName: city-tls}\n"
                  + "config: {http: {tls: {client-ca: /etc/weir/tls/ca.crt, client-auth:"
                  + " required}}}"),
          Map.entry("digest", "image: {digest: \"sha256:" + "ab".repeat(32) + "\"}"),
          Map.entry("pull-secrets", "imagePullSecrets: [{name: registry}]"),
          Map.entry(
              "own-map",
              "map: {volume: {persistentVolumeClaim: {claimName: maps, readOnly: true}}}\n"
                  + "config: {map: {file: /maps/berlin-latest.osm.pbf}}"),
          Map.entry(
              "prebuilt",
              "graph: {import: false, volume: {image: {reference: \"registry.example/graph:1\"}}}"),
          Map.entry("no-grpc", "config: {grpc: {enabled: false}}"),
          Map.entry(
              "other-ports", "config: {http: {port: 80}, grpc: {port: 81}, admin: {port: 82}}"),
          Map.entry(
              "bare", "podDisruptionBudget: {enabled: false}\nnetworkPolicy: {enabled: false}"),
          Map.entry("nobody", "networkPolicy: {callers: [], operators: []}"),
          Map.entry("collector", "java: {options: [\"-XX:+UseG1GC\", \"-Xmx1500m\"]}"),
          Map.entry("long-drain", "config: {drain-timeout: 2m}\npreStopSeconds: 20"),
          Map.entry("short-drain", "config: {drain-timeout: 1500ms}"),
          Map.entry("headless", "service: {clusterIP: None, annotations: {a: b}}"),
          Map.entry("outside", "service: {type: LoadBalancer}"),
          Map.entry("secret", "secret: {name: elsewhere}\nserviceMonitor: {enabled: true}"),
          Map.entry(
              "anybody",
              "config: {callers: {require-key: false, tenants: [],"
                  + " anonymous: {beyond-loopback: true}}}"),
          Map.entry(
              "placed",
              """
              podAnnotations: {a: b}
              podLabels: {c: d}
              nodeSelector: {disk: fast}
              tolerations: [{key: routing, operator: Exists}]
              affinity: {nodeAffinity: {}}
              priorityClassName: high
              """));

  /** The same, and what the document proposes. */
  private static final Map<String, String> GOOD = together(DeployingDocument.values());

  private static Map<String, String> together(Map<String, String> proposed) {
    Map<String, String> all = new TreeMap<>(OPTIONS);
    all.putAll(proposed);
    return all;
  }

  /** Values that are refused, and a part of the reason. */
  private static final Map<String, List<String>> BAD =
      Map.of(
          "no-graph", List.of("graph: {import: false}", "needs graph.volume"),
          "misspelt", List.of("replica: 3", "replica"),
          "negative", List.of("replicas: -1", "replicas"),
          "no-port", List.of("config: {http: {port: 0}}", "port"),
          "drain", List.of("config: {drain-timeout: soon}", "drain-timeout"),
          "open-token", List.of("config: {admin: {token: hushhush}}", "token"),
          "half-processor", List.of("resources: {limits: {cpu: 500m}}", "cpu"),
          "tag-as-digest", List.of("image: {digest: latest}", "digest"),
          "two-volumes", List.of("graph: {volume: {emptyDir: {}, hostPath: {}}}", "volume"),
          "no-flag", List.of("java: {options: [Xmx1g]}", "options"));

  @TempDir private static Path directory;
  @TempDir private Path files;
  private static Chart chart;

  @BeforeAll
  static void render() throws Exception {
    Map<String, String> values = new HashMap<>(GOOD);
    BAD.forEach((name, bad) -> values.put(name, bad.getFirst()));
    chart = Chart.render(values, directory);
  }

  static Stream<String> good() {
    return GOOD.keySet().stream();
  }

  @Test
  void theDocumentProposesValues() {
    assertTrue(DeployingDocument.values().size() >= 3);
  }

  @Test
  void helmHasNothingToComplainOf() throws IOException {
    assertEquals(List.of(), chart.complaints());
  }

  @Test
  void rendersWhatAServiceNeedsByDefault() throws IOException {
    assertEquals(
        List.of(
            "ConfigMap",
            "Deployment",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Service",
            "Service"),
        chart.manifests(DEFAULTS).kinds());
    assertEquals(
        List.of("ConfigMap", "Deployment", "Service", "Service"), chart.manifests("bare").kinds());
    assertTrue(chart.manifests("autoscaling").kinds().contains("HorizontalPodAutoscaler"));
    assertTrue(chart.manifests("monitored").kinds().contains("ServiceMonitor"));
  }

  @Test
  void refusesValuesThatMakeNoSense() throws IOException {
    for (Map.Entry<String, List<String>> each : BAD.entrySet()) {
      String refusal = chart.refusal(each.getKey());
      assertTrue(refusal.contains(each.getValue().getLast()), () -> each.getKey() + ": " + refusal);
    }
  }

  /** As the server reads them from its volumes. */
  private Settings settings(Manifests all) throws IOException {
    String text = all.only("ConfigMap").at("/data/weir.yaml").asText();
    Matcher secret = Pattern.compile("file:/etc/weir/secrets/([a-z-]+)").matcher(text);
    StringBuilder here = new StringBuilder();
    int secrets = 0;
    while (secret.find()) {
      Path file = files.resolve(secret.group(1));
      Files.writeString(file, "secret-number-%026d\n".formatted(++secrets));
      secret.appendReplacement(here, Matcher.quoteReplacement("file:" + file));
    }
    Path config = files.resolve("weir.yaml");
    Files.writeString(config, secret.appendTail(here));
    return assertInstanceOf(
            Reading.Accepted.class,
            SettingsReader.read(config, Overrides.NONE, Places.HERE),
            () -> text)
        .settings();
  }

  @ParameterizedTest
  @MethodSource("good")
  void weirAcceptsItsSettingsAndTheirPortsAreThoseOfPodAndServices(String values)
      throws IOException {
    Manifests all = chart.manifests(values);
    Settings settings = settings(all);
    Map<String, Integer> ports = new TreeMap<>();
    ports.put("http", settings.http().port());
    if (settings.grpc().enabled()) {
      ports.put("grpc", settings.grpc().port());
    }
    ports.put("admin", settings.admin().port());

    assertEquals(ports, byName(all.server().at("/ports"), "containerPort"));
    Map<String, Integer> served = byName(all.service(false).at("/spec/ports"), "port");
    assertFalse(served.containsKey("admin"), "the admin port is for operators");
    served.putAll(byName(all.service(true).at("/spec/ports"), "port"));
    assertEquals(ports, served);
    for (JsonNode service : all.of("Service")) {
      for (JsonNode port : Chart.items(service.at("/spec/ports"))) {
        assertEquals(port.at("/name"), port.at("/targetPort"));
      }
    }
    assertEquals("ClusterIP", all.service(true).at("/spec/type").asText());
  }

  private static Map<String, Integer> byName(JsonNode ports, String number) {
    Map<String, Integer> found = new TreeMap<>();
    Chart.items(ports).forEach(port -> found.put(text(port, "/name"), port.get(number).asInt()));
    return found;
  }

  private static String text(JsonNode node, String pointer) {
    return node.at(pointer).asText();
  }

  @Test
  void portsAreThoseOfTheConfiguration() throws IOException {
    Settings standard = standard();
    Settings here = settings(chart.manifests(DEFAULTS));

    assertEquals(standard.http().port(), here.http().port());
    assertEquals(standard.grpc().port(), here.grpc().port());
    assertEquals(standard.admin().port(), here.admin().port());
    assertEquals(standard.drainTimeout(), here.drainTimeout());
  }

  static Settings standard() {
    Overrides map = new Overrides(Path.of("map.osm.pbf"), null, null, null, null, null);
    return assertInstanceOf(Reading.Accepted.class, SettingsReader.read(null, map, Places.HERE))
        .settings();
  }

  @Test
  void settingsOfTheValuesReachWeir() throws IOException {
    assertTrue(settings(chart.manifests("tls")).http().tls().on());
    assertTrue(settings(chart.manifests("tls")).grpc().tls().on());
    assertTrue(settings(chart.manifests("mtls")).http().tls().asksCallers());
    assertEquals(Duration.ofMillis(1500), settings(chart.manifests("short-drain")).drainTimeout());
    assertTrue(settings(chart.manifests(DEFAULTS)).callers().requireKey());
    assertFalse(settings(chart.manifests("anybody")).callers().requireKey());
  }

  @ParameterizedTest
  @MethodSource("good")
  void selectorsFindThePodsAndNothingElse(String values) throws IOException {
    Manifests all = chart.manifests(values);
    JsonNode labels = all.pod().at("/metadata/labels");
    Map<String, String> selector =
        Map.of("app.kubernetes.io/name", "weir", "app.kubernetes.io/instance", "city");
    selector.forEach((name, value) -> assertEquals(value, labels.path(name).asText()));

    assertEquals(selector, strings(all.only("Deployment").at("/spec/selector/matchLabels")));
    for (JsonNode service : all.of("Service")) {
      assertEquals(selector, strings(service.at("/spec/selector")));
    }
    for (JsonNode budget : all.of("PodDisruptionBudget")) {
      assertEquals(selector, strings(budget.at("/spec/selector/matchLabels")));
    }
    for (JsonNode policy : all.of("NetworkPolicy")) {
      assertEquals(selector, strings(policy.at("/spec/podSelector/matchLabels")));
    }
    assertEquals(
        selector,
        strings(all.pod().at("/spec/topologySpreadConstraints/0/labelSelector/matchLabels")));
  }

  private static Map<String, String> strings(JsonNode map) {
    Map<String, String> found = new HashMap<>();
    map.properties().forEach(each -> found.put(each.getKey(), each.getValue().asText()));
    return found;
  }

  @Test
  void prometheusFindsTheAdminPortAloneAndBringsTheToken() throws IOException {
    for (String values : List.of("monitored", "secret")) {
      Manifests all = chart.manifests(values);
      JsonNode monitor = all.only("ServiceMonitor");
      Map<String, String> wanted = strings(monitor.at("/spec/selector/matchLabels"));
      List<JsonNode> found =
          all.of("Service").stream()
              .filter(
                  service ->
                      strings(service.at("/metadata/labels"))
                          .entrySet()
                          .containsAll(wanted.entrySet()))
              .toList();

      assertEquals(List.of(all.service(true)), found);
      assertEquals("admin", text(monitor, "/spec/endpoints/0/port"));
      JsonNode credentials = monitor.at("/spec/endpoints/0/authorization/credentials");
      assertEquals(volume(all, "secrets").at("/secret/secretName"), credentials.at("/name"));
      assertTrue(
          text(all.only("ConfigMap"), "/data/weir.yaml")
              .contains("token: file:/etc/weir/secrets/" + text(credentials, "/key")));
    }
  }

  private static JsonNode volume(Manifests all, String name) {
    return Chart.items(all.pod().at("/spec/volumes")).stream()
        .filter(each -> text(each, "/name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("good")
  void containersMayDoNothingButCompute(String values) throws IOException {
    Manifests all = chart.manifests(values);
    JsonNode pod = all.pod().at("/spec");

    assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
    assertEquals(
        text(pod, "/securityContext/runAsUser") + ":" + text(pod, "/securityContext/runAsGroup"),
        Image.described().user());
    assertEquals("RuntimeDefault", text(pod, "/securityContext/seccompProfile/type"));
    assertEquals("false", text(pod, "/automountServiceAccountToken"));
    for (JsonNode container : all.containers()) {
      assertEquals("true", text(container, "/securityContext/readOnlyRootFilesystem"));
      assertEquals("false", text(container, "/securityContext/allowPrivilegeEscalation"));
      assertEquals("[\"ALL\"]", container.at("/securityContext/capabilities/drop").toString());
      assertEquals(container.at("/resources/limits"), container.at("/resources/requests"));
      assertFalse(container.has("env"), "secrets are files");
    }
    assertEquals(List.of(), all.of("Secret"), "secrets are not values");
  }

  @ParameterizedTest
  @MethodSource("good")
  void whatTheSettingsNameIsMounted(String values) throws IOException {
    Manifests all = chart.manifests(values);
    Settings settings = settings(all);
    Set<String> volumes = new HashSet<>();
    for (JsonNode volume : Chart.items(all.pod().at("/spec/volumes"))) {
      assertTrue(volumes.add(text(volume, "/name")), "twice the same name");
      assertEquals(2, volume.size(), () -> "a name and one source: " + volume);
    }
    for (JsonNode container : all.containers()) {
      Map<String, JsonNode> mounts = new HashMap<>();
      Set<String> used = new HashSet<>();
      for (JsonNode mount : Chart.items(container.at("/volumeMounts"))) {
        mounts.put(text(mount, "/mountPath"), mount);
        used.add(text(mount, "/name"));
      }
      assertEquals(volumes, used);
      JsonNode graph = Objects.requireNonNull(mounts.get(settings.engine().graphDir().toString()));
      assertEquals(
          !chart(values).contains("import: false"), !graph.at("/readOnly").asBoolean(), values);
      String map = settings.engine().map().toString();
      assertEquals(map.startsWith("/maps/"), mounts.containsKey("/maps"));
      assertTrue(map.startsWith("/maps/") || map.startsWith("/opt/weir/maps/"), map);
      assertEquals(settings.http().tls().on(), mounts.containsKey("/etc/weir/tls"));
      assertTrue(mounts.containsKey("/tmp"));
    }
  }

  private static String chart(String values) {
    return GOOD.getOrDefault(values, "");
  }

  @Test
  void importsBeforeItServesUnlessTheVolumeHoldsAGraph() throws IOException {
    JsonNode first = chart.manifests(DEFAULTS).pod().at("/spec/initContainers/0");
    JsonNode server = chart.manifests(DEFAULTS).server();

    assertEquals("import", text(first, "/args/0"));
    assertEquals("serve", text(server, "/args/0"));
    assertEquals(server.at("/command"), first.at("/command"));
    assertEquals(server.at("/args/2"), first.at("/args/2"));
    assertTrue(chart.manifests("prebuilt").pod().at("/spec/initContainers").isMissingNode());
  }

  @ParameterizedTest
  @MethodSource("good")
  void aPodIsGivenTheTimeThatDrainingTakes(String values) throws IOException {
    Manifests all = chart.manifests(values);
    Duration grace =
        Duration.ofSeconds(all.pod().at("/spec/terminationGracePeriodSeconds").asLong());
    long heard = all.server().at("/lifecycle/preStop/sleep/seconds").asLong();

    assertTrue(heard > 0, "callers hear of it before the door closes");
    Duration needed = settings(all).drainTimeout().plusSeconds(heard).plus(LAST_STEPS);
    assertTrue(grace.compareTo(needed) >= 0, () -> grace + " for " + needed);
  }

  @Test
  void probesAskWhatAServerAnswers() throws Exception {
    JsonNode container = chart.manifests(DEFAULTS).server();
    try (Server server = Server.start(TestSettings.monaco(), _ -> {})) {
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode get = container.at("/" + probe + "/httpGet");
        assertEquals("admin", text(get, "/port"));
        assertEquals(200, Callers.get(server.adminPort(), text(get, "/path")).statusCode(), probe);
      }
    }
    JsonNode startup = container.at("/startupProbe");
    assertEquals(
        3600, startup.at("/periodSeconds").asInt() * startup.at("/failureThreshold").asInt());
  }

  @Test
  void otherSettingsAreOtherPods() throws IOException {
    String checksum = "/metadata/annotations/checksum~1config";
    String before = text(chart.manifests(DEFAULTS).pod(), checksum);

    assertEquals(64, before.length());
    assertNotEquals(before, text(chart.manifests("short-drain").pod(), checksum));
    assertEquals(before, text(chart.manifests("autoscaling").pod(), checksum));
  }

  @Test
  void startsJavaAsTheImageDoes() throws Exception {
    assertEquals(
        Image.described().entrypoint(),
        Chart.items(chart.manifests(DEFAULTS).server().at("/command")).stream()
            .map(JsonNode::asText)
            .toList());

    List<String> other =
        Chart.items(chart.manifests("collector").server().at("/command")).stream()
            .map(JsonNode::asText)
            .toList();
    assertEquals(
        List.of("-XX:+UseG1GC"),
        other.stream().filter(flag -> flag.matches("-XX:[+]Use.*GC")).toList());
    assertTrue(other.indexOf("-Xmx1500m") > other.indexOf("@/opt/weir/java.flags"));
  }

  @Test
  void theAutoscalerDecidesInPlaceOfTheNumberOfReplicas() throws IOException {
    assertEquals(2, chart.manifests(DEFAULTS).only("Deployment").at("/spec/replicas").asInt());
    JsonNode deployment = chart.manifests("autoscaling").only("Deployment");
    assertTrue(deployment.at("/spec/replicas").isMissingNode());
    assertEquals(
        deployment.at("/metadata/name"),
        chart
            .manifests("autoscaling")
            .only("HorizontalPodAutoscaler")
            .at("/spec/scaleTargetRef/name"));
  }

  @Test
  void everyMetricOfTheAutoscalerIsMadeOfMetricsThatThereAre() throws IOException {
    Map<String, JsonNode> rules = new LinkedHashMap<>();
    JsonNode adapter = Chart.parse(Chart.DIRECTORY.resolve("prometheus-adapter.yaml")).getFirst();
    for (JsonNode rule : Chart.items(adapter.at("/rules/custom"))) {
      rules.put(text(rule, "/name/as"), rule);
    }
    List<String> asked =
        Chart.items(
                chart.manifests("autoscaling").only("HorizontalPodAutoscaler").at("/spec/metrics"))
            .stream()
            .map(metric -> text(metric, "/pods/metric/name"))
            .toList();
    assertEquals(List.copyOf(rules.keySet()), asked);

    String catalogue =
        Files.readString(Path.of(System.getProperty("weir.test.docs"), "metrics.md"));
    Set<String> decisions = new HashSet<>(Set.of("admitted"));
    Stream.of(Refusal.Reason.values()).forEach(reason -> decisions.add(reason.code()));
    for (JsonNode rule : rules.values()) {
      String series = text(rule, "/seriesQuery").replaceFirst("\\{.*", "");
      assertTrue(catalogue.contains("| `" + series + "` |"), series);
      Matcher named =
          Pattern.compile("decision=~?\"([a-z_|]+)\"").matcher(text(rule, "/metricsQuery"));
      while (named.find()) {
        assertTrue(decisions.containsAll(List.of(named.group(1).split("\\|", -1))), named.group());
      }
    }
  }

  @Test
  void anEmptyListOfPeersIsNobody() throws IOException {
    assertEquals(0, chart.manifests("nobody").only("NetworkPolicy").at("/spec/ingress").size());
    JsonNode rules = chart.manifests(DEFAULTS).only("NetworkPolicy").at("/spec/ingress");
    assertEquals("[{\"port\":\"http\"},{\"port\":\"grpc\"}]", rules.at("/0/ports").toString());
    assertEquals("[{\"port\":\"admin\"}]", rules.at("/1/ports").toString());
    for (JsonNode rule : Chart.items(rules)) {
      assertTrue(rule.at("/from").size() > 0);
    }
  }

  @Test
  void aDigestGoesBeforeATag() throws IOException {
    assertEquals(
        "weir@sha256:" + "ab".repeat(32), text(chart.manifests("digest").server(), "/image"));
    assertEquals(
        "weir:" + Image.described().version(), text(chart.manifests(DEFAULTS).server(), "/image"));
  }
}
