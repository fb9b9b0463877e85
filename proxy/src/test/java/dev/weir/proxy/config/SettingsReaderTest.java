package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReaderTest {

  private static final Overrides MAP =
      new Overrides(Path.of("maps/monaco-latest.osm.pbf"), null, null, null, null, null);

  @Test
  void takesDefaultsWhereThereIsNoFile() {
    Settings settings = accepted(SettingsReader.read(null, MAP, Places.HERE));

    assertEquals(8989, settings.http().port());
    assertEquals("127.0.0.1", settings.admin().host());
    assertEquals(Duration.ofMillis(200), settings.gate().maxQueueDelay());
    assertEquals(Path.of(".weir/graphs/monaco-latest"), settings.engine().graphDir());
    assertEquals("car", settings.engine().profiles().getFirst().name());
  }

  @Test
  void takesDefaultsFromFilesThatSayNothing() {
    Settings defaults = accepted(SettingsReader.read(null, MAP, Places.HERE));

    assertEquals(defaults, accepted(SettingsReader.parse("# nothing\n", MAP, Places.HERE)));
    assertEquals(defaults, accepted(SettingsReader.parse("http:\ngate:\n", MAP, Places.HERE)));
    assertEquals(defaults, accepted(SettingsReader.parse("{}", MAP, Places.HERE)));
  }

  @Test
  void readsEveryForm() {
    Settings settings =
        accepted(
            SettingsReader.parse(
                """
                map: {file: a.osm.gz, graph-dir: g}
                http: {port: 80, max-body: 64KiB, max-pending-answers: 3GiB, read-timeout: 2m}
                gate:
                  large-reserve: 0.25
                log: {format: json, access: true}
                engine:
                  snap-preventions: [tunnel, ferry]
                  elevation: {provider: srtm, tiles: "tiles"}
                  profiles:
                    - name: car
                      turn-costs: true
                      u-turn-cost: 40
                      caps: {points: 7}
                    - {name: own, custom-model-files: [car.json, own.json], speed-mode: false}
                """,
                Overrides.NONE,
                Places.HERE));

    assertEquals(64 << 10, settings.http().maxBodyBytes());
    assertEquals(3L << 30, settings.http().maxPendingAnswerBytes());
    assertEquals(Duration.ofMinutes(2), settings.http().readTimeout());
    assertEquals(0.25, settings.gate().largeReserve());
    assertEquals(new LogSettings(LogSettings.Format.JSON, true, 100, false), settings.log());
    assertEquals(Path.of("g"), settings.engine().graphDir());
    assertEquals(Path.of("tiles"), settings.engine().elevation().tiles());
    assertEquals(40, settings.engine().profiles().getFirst().uTurnCostSeconds());
    assertEquals(List.of("car.json"), settings.engine().profiles().getFirst().customModelFiles());
    assertEquals(7, settings.engine().profiles().getFirst().caps().points());
    assertEquals(
        List.of("car.json", "own.json"), settings.engine().profiles().get(1).customModelFiles());
  }

  @ParameterizedTest
  @CsvSource({
    "loopback, 127.0.0.1, true",
    "loopback, localhost, true",
    "loopback, 0.0.0.0, false",
    "loopback, maps.example, false",
    "always, 0.0.0.0, true",
    "never, 127.0.0.1, false"
  })
  void thePlaygroundIsShownBeyondLoopbackOnlyIfThatIsSaid(
      String playground, String host, boolean shown) {
    String yaml =
        """
        {http: {host: %s, playground: %s},
         callers: {require-key: true, tenants: [{name: riders, keys: [a-key-of-riders]}]}}
        """
            .formatted(host, playground);
    HttpSettings http = accepted(SettingsReader.parse(yaml, MAP, Places.HERE)).http();
    assertEquals(shown, http.showsPlayground());
    assertEquals(host.equals("127.0.0.1") || host.equals("localhost"), http.onLoopback());
    assertFalse(http.aside().showsPlayground());
  }

  @Test
  void readsWhereTracesGoAndHowMuchIsLogged() {
    Settings settings =
        accepted(
            SettingsReader.parse(
                """
                tracing:
                  endpoint: "https://collector.example/v1/traces"
                  sample: 0.5
                  headers: [{name: authorization, value: "Bearer x y"}]
                log: {levels: [{logger: dev.weir.proxy.auth, level: debug}]}
                """,
                MAP,
                Places.HERE));

    assertTrue(settings.tracing().on());
    assertEquals(0.5, settings.tracing().sample());
    assertEquals("Bearer x y", settings.tracing().headers().getFirst().value());
    assertEquals(
        List.of(new LogLevel("dev.weir.proxy.auth", LogLevel.Level.DEBUG)),
        settings.log().levels());
    assertFalse(SettingsPrinter.print(settings).contains("Bearer"));
    assertFalse(settings.toString().contains("Bearer"), settings::toString);
  }

  @Test
  void saysWhatIsWrongWithTracingAndLevels() {
    List<String> errors =
        rejected(
            """
            tracing:
              endpoint: "collector:4318"
              sample: 2
              headers: [{name: Host, value: a}, {value: a}, {name: a, value: "\u00e4"}]
            log:
              levels: [{logger: io.grpc, level: debug}, {level: info}, {logger: a b, level: loud}]
            """,
            MAP);

    assertEquals(
        List.of(
            "line 2: tracing.endpoint must be http or https, a host and maybe a path, or empty,"
                + " not \"collector:4318\"",
            "line 3: tracing.sample must be 0.0 to 1.0, not 2",
            "line 4: tracing.headers[0].name must be one that is not a matter of HTTP itself, not"
                + " Host",
            "line 4: tracing.headers[1].name is missing",
            "line 4: tracing.headers[2].value must be the secret itself in visible ASCII, or"
                + " file: and the path of a file with it",
            "line 6: log.levels[0].level must be info, warn, error or off for what is not of Weir:"
                + " libraries log what callers send, secrets included",
            "line 6: log.levels[1].logger is missing",
            "line 6: log.levels[2].logger must be at most 200 letters, digits, dots, $ and _, not"
                + " a b",
            "line 6: log.levels[2].level needs a word: trace or debug or info or warn or error or"
                + " off, not loud"),
        errors);
  }

  @Test
  void reportsAllErrorsOfAFileAtOnceInItsOrder() {
    List<String> errors =
        rejected(
            """
            htp: {port: 80}
            http:
              port: 80000
              max-body: 1MB
              port: 81
              idle-timeout: 5 minutes
            gate: 7
            deadline: {standard: 90s}
            breaker: {window: 10}
            admin: {host: 0.0.0.0, prot: 1}
            log: {format: xml, access: yes}
            engine:
              profiles:
                - name: plane
                - {name: bike, u-turn-cost: 3, caps: {point: 5}}
              memory-mapped:
            port: 80
            """,
            Overrides.NONE);

    assertEquals(
        List.of(
            "line 1: htp is not a known key; did you mean http?",
            "line 3: http.port must be 0 to 65535, not 80000",
            "line 4: http.max-body needs a size, such as 16KiB or 1MiB, not 1MB",
            "line 5: http.port is given twice",
            "line 6: http.idle-timeout needs a duration, such as 300ms, 10s or 2m, not 5 minutes",
            "line 7: gate needs keys below it, each on a line of its own",
            "line 8: deadline.standard must not be later than deadline.longest, 1m",
            "line 9: breaker.minimum-calls must not be more than breaker.window, 10",
            "line 10: admin.prot is not a known key; did you mean admin.port?",
            "line 10: admin.token must be set if admin.host is not loopback",
            "line 11: log.format needs a word: text or json, not xml",
            "line 11: log.access needs a flag: true or false, not yes",
            "line 14: engine.profiles[0].name is not a profile with rules of its own: take one of"
                + " car, car4wd, truck, bus, motorcycle, bike, racingbike, mtb, cargo_bike, foot,"
                + " hike, or give custom-model-files, not plane",
            "line 15: engine.profiles[1].caps.point is not a known key; did you mean"
                + " engine.profiles[1].caps.points?",
            "line 15: engine.profiles[1].u-turn-cost means nothing without turn-costs: true",
            "line 16: engine.memory-mapped has no value; leave the whole line out for the default",
            "line 17: port is not a known key; did you mean http.port?",
            "map.file is not set: name a map there or with --map FILE"),
        errors);
  }

  @Test
  void takesTheOrderOfTheQueueByItsName() {
    Settings settings =
        accepted(SettingsReader.parse("gate: {order: codel-lifo}", MAP, Places.HERE));

    assertEquals(GateSettings.Order.CODEL_LIFO, settings.gate().order());
    assertEquals(
        List.of("line 1: gate.order needs a word: cost or codel-lifo, not codel_lifo"),
        rejected("gate: {order: codel_lifo}", MAP));
  }

  @Test
  void asksForAMap() {
    assertEquals(
        List.of("map.file is not set: name a map there or with --map FILE"),
        sentences(SettingsReader.read(null, Overrides.NONE, Places.HERE)));
  }

  @Test
  void letsTheCommandLineGoFirst() {
    Overrides overrides =
        new Overrides(Path.of("b.pbf"), Path.of("dir"), 0, 8, 9, List.of("bike", "foot"));

    Settings settings =
        accepted(
            SettingsReader.parse(
                "map: {file: a.pbf}\nhttp: {port: 1}\nengine: {profiles: [{name: car}]}",
                overrides,
                Places.HERE));

    assertEquals(Path.of("b.pbf"), settings.engine().map());
    assertEquals(Path.of("dir"), settings.engine().graphDir());
    assertEquals(0, settings.http().port());
    assertEquals(9, settings.admin().port());
    assertEquals(
        List.of("bike", "foot"),
        settings.engine().profiles().stream().map(profile -> profile.name()).toList());
  }

  @Test
  void checksTheCommandLineLikeAFile() {
    Overrides overrides =
        new Overrides(Path.of("b.pbf"), null, -1, null, null, List.of("car", "car"));

    assertEquals(
        List.of("http.port must be 0 to 65535, not \"-1\"", "engine.profiles names car twice"),
        sentences(SettingsReader.read(null, overrides, Places.HERE)));
  }

  @Test
  void refusesTheSamePortTwice() {
    assertEquals(
        List.of("line 1: admin.port must not be the same as http.port"),
        rejected("admin: {port: 8989}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: &x 1 | line 1: a uses an anchor or alias, which is not supported",
        "gate: *x | line 1: gate uses an anchor or alias, which is not supported",
        "gate: !!java.lang.String x | line 1: gate has a tag, which is not supported",
        "[[[[[[[[[[[[1]]]]]]]]]]]] | line 1: [0][0][0][0][0][0][0][0][0][0][0] is nested too deep",
        "{[1]: 2} | line 1: has a key that is not a word",
        "just words | line 1: needs keys below it, each on a line of its own",
        "a: b: c | line 1: this is not YAML: mapping values are not allowed here",
      })
  void refusesDocumentsOfAnotherKind(String yaml, String error) {
    assertEquals(List.of(error), rejected(yaml));
  }

  @Test
  void refusesASecondDocument() {
    assertEquals(
        List.of("line 2: a second document begins here; one is enough"),
        rejected("http: {}\n---\nhttp: {}"));
  }

  @Test
  void takesSecretsFromFilesThatAreNamed(@TempDir Path dir) throws IOException {
    Path token = Files.writeString(dir.resolve("token"), "hushhush\n");
    Path key = Files.writeString(dir.resolve("key"), "hush-rides\r\n");
    Settings settings =
        accepted(
            SettingsReader.parse(
                "admin: {token: \"file:%s\"}\n".formatted(token)
                    + "callers: {tenants: [{name: rides, keys: [\"file:%s\"]}]}\n".formatted(key),
                MAP,
                Places.HERE));

    assertEquals("hushhush", settings.admin().token());
    assertEquals(
        List.of(Objects.requireNonNull(ApiKey.of("hush-rides"))),
        settings.callers().tenants().getFirst().keys());
    assertFalse(SettingsPrinter.print(settings).contains("hush"));
  }

  @Test
  void tellsWhatIsWrongWithTheFileOfASecret(@TempDir Path dir) throws IOException {
    Path none = dir.resolve("none");
    Path empty = Files.writeString(dir.resolve("empty"), "\n");
    Path spaced = Files.writeString(dir.resolve("spaced"), "hush hush");
    Path large = Files.writeString(dir.resolve("large"), "h".repeat(5000));

    assertEquals(
        List.of("line 1: admin.token is in a file that does not exist: " + none),
        rejected(tokenIn(none)));
    assertEquals(
        List.of("line 1: admin.token is in a file that is empty: " + empty),
        rejected(tokenIn(empty)));
    assertEquals(
        List.of("line 1: admin.token is in a file that is longer than 4KiB: " + large),
        rejected(tokenIn(large)));
    assertEquals(
        List.of("line 1: admin.token is in a file that cannot be read: " + dir),
        rejected(tokenIn(dir)));
    String complaint = String.join("\n", rejected(tokenIn(spaced)));
    assertTrue(complaint.startsWith("line 1: admin.token must be the secret itself"), complaint);
    assertFalse(complaint.contains("hush"));
  }

  private static String tokenIn(Path file) {
    return "admin: {token: \"file:" + file + "\"}";
  }

  @Test
  void neverQuotesASecret() {
    List<String> errors = rejected("admin: {token: \"hush hush\"}");

    assertEquals(
        List.of(
            "line 1: admin.token must be the secret itself in visible ASCII without spaces, or"
                + " file: and the path of a file with it"),
        errors);
    assertFalse(
        accepted(SettingsReader.parse("admin: {token: hushhush}", MAP, Places.HERE))
            .toString()
            .contains("hush"));
  }

  @Test
  void knowsTenantsByTheirKeys() {
    CallersSettings callers =
        accepted(
                SettingsReader.parse(
                    """
                    callers:
                      anonymous: {priority: batch}
                      require-key: true
                      tenants:
                        - {name: rides, keys: [first-key, second-key], weight: 2.5, priority: critical}
                        - {name: other, keys: [other-key]}
                    """,
                    MAP,
                    Places.HERE))
            .callers();

    assertEquals(Tier.BATCH, callers.anonymousPriority());
    assertTrue(callers.requireKey());
    TenantSettings rides = callers.tenants().getFirst();
    assertEquals(2.5, rides.weight());
    assertEquals(Tier.CRITICAL, rides.priority());
    assertTrue(rides.keys().contains(ApiKey.of("second-key")));
    assertFalse(callers.toString().contains("key]"), callers::toString);
    assertEquals(Tier.DEFAULT, callers.tenants().getLast().priority());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{name: a}] | line 1: callers.tenants[0].keys must name at least one key, unless subjects"
            + " or claims names one",
        "[{name: a, subjects: [x, x]}] | line 1: callers.tenants[0].subjects must not name a"
            + " subject twice",
        "[{name: a, subjects: ['']}] | line 1: callers.tenants[0].subjects[0] must be 1 to 512"
            + " characters, no control characters, not \"\"",
        "[{name: a, subjects: [x]}, {name: b, subjects: [x]}] | line 1: callers.tenants gives b the"
            + " subject of another",
        "[{name: a, keys: [hush]}] | line 1: callers.tenants[0].keys[0] needs a secret of 8 to 128"
            + " visible characters without spaces, its digest as sha256: and 64 hexadecimal"
            + " digits, or file: and the path of a file with either",
        "[{name: a, keys: ['hush hush hush']}] | line 1: callers.tenants[0].keys[0] needs a secret"
            + " of 8 to 128 visible characters without spaces, its digest as sha256: and 64"
            + " hexadecimal digits, or file: and the path of a file with either",
        "[{name: 10.0.0.1, keys: [hushhush]}] | line 1: callers.tenants[0].name must be of"
            + " lower-case letters, digits, _ and -, and at most 64 of them",
        "[{name: a, keys: [hushhush, hushhush]}] | line 1: callers.tenants[0].keys must not name a"
            + " key twice",
        "[{name: a, keys: [hushhush]}, {name: a, keys: [hush-hush]}] | line 1: callers.tenants"
            + " names a twice",
        "[{name: a, keys: [hushhush]}, {name: b, keys: [hushhush]}] | line 1: callers.tenants"
            + " gives b the key of another",
        "[{name: a, keys: [hushhush], weight: 0}] | line 1: callers.tenants[0].weight must be 0.001"
            + " to 1000.0, not 0",
        "[{name: a, keys: [hushhush], quota: {burst: 5}}] | line 1: callers.tenants[0].quota.burst"
            + " needs units-per-second",
        "[{name: a, keys: [hushhush], quota: {units-per-second: -1}}] | line 1:"
            + " callers.tenants[0].quota.units-per-second must be 0.0 to 1000000.0, not -1",
        "[{name: a, keys: [hushhush], quota: {units-per-second: .NaN}}] | line 1:"
            + " callers.tenants[0].quota.units-per-second needs a number, such as 0.5, not .NaN",
        "[{name: a, keys: [hushhush], quota: {units-per-second: 3, units-per-day: 29}}] | line 1:"
            + " callers.tenants[0].quota.units-per-day must be no less than the burst, which is 30",
        "[{name: a, keys: [hushhush], priority: high}] | line 1: callers.tenants[0].priority needs"
            + " a word: critical or default or sheddable or batch, not high",
      })
  void refusesDoubtfulTenantsAndNeverQuotesTheirKeys(String tenants, String error) {
    assertEquals(List.of(error), rejected("callers: {tenants: " + tenants + "}"));
  }

  @Test
  void readsQuotasOfTenantsAndOfAllOthers() {
    CallersSettings callers =
        accepted(
                SettingsReader.parse(
                    """
                    callers:
                      anonymous: {quota: {units-per-second: 0.5, burst: 7, units-per-day: 1000}}
                      quota: {units-per-day: 100000000000}
                      tenants:
                        - {name: a, keys: [hushhush], quota: {units-per-second: 1000000}}
                        - {name: b, keys: [hush-hush]}
                    """,
                    MAP,
                    Places.HERE))
            .callers();

    assertEquals(new QuotaSettings(0.5, 7, 1_000), callers.anonymousQuota());
    assertEquals(new QuotaSettings(0, 0, 100_000_000_000L), callers.quota());
    assertEquals(10_000_000, callers.tenants().getFirst().quota().burstUnits());
    assertEquals(QuotaSettings.NONE, callers.tenants().getLast().quota());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{anonymous: {quota: {burst: 1}}} | line 1: callers.anonymous.quota.burst needs"
            + " units-per-second",
        "{quota: {burst: 1}} | line 1: callers.quota.burst needs units-per-second",
        "{quota: {units-per-day: 1.5}} | line 1: callers.quota.units-per-day needs a whole number,"
            + " not 1.5",
        "{quota: {units-per-second: 1, burst: 50, units-per-day: 40}} | line 1:"
            + " callers.quota.units-per-day must be no less than the burst, which is 50",
      })
  void refusesQuotasThatMakeNoSense(String callers, String error) {
    assertEquals(List.of(error), rejected("callers: " + callers));
  }

  @Test
  void readsTheTlsOfBothPorts() {
    Settings settings =
        accepted(
            SettingsReader.parse(
                """
                http: {tls: {certificate: a.pem, key: a-key.pem}}
                grpc:
                  tls:
                    certificate: b.pem
                    key: b-key.pem
                    client-ca: ca.pem
                    client-auth: required
                    handshake-timeout: 3s
                callers: {tenants: [{name: rides, subjects: ["spiffe://city/rides", "CN, quoted"]}]}
                """,
                MAP,
                Places.HERE));

    assertEquals(
        new TlsSettings(
            Path.of("a.pem"),
            Path.of("a-key.pem"),
            Path.of(""),
            TlsSettings.ClientAuth.NONE,
            Duration.ofSeconds(10)),
        settings.http().tls());
    assertEquals(
        new TlsSettings(
            Path.of("b.pem"),
            Path.of("b-key.pem"),
            Path.of("ca.pem"),
            TlsSettings.ClientAuth.REQUIRED,
            Duration.ofSeconds(3)),
        settings.grpc().tls());
    assertEquals(
        List.of("spiffe://city/rides", "CN, quoted"),
        settings.callers().tenants().getFirst().subjects());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: {tls: {certificate: a}} | line 1: http.tls.key must be set, since its other half is",
        "grpc: {tls: {key: a}} | line 1: grpc.tls.certificate must be set, since its other half is",
        "grpc: {tls: {certificate: a, key: b, client-ca: c}} | line 1: grpc.tls.client-auth must be"
            + " optional or required, since client-ca is set",
        "http: {tls: {certificate: a, key: b, client-auth: required}} | line 1: http.tls.client-ca"
            + " must be set, since client-auth asks for certificates",
        "http: {tls: {client-ca: c, client-auth: required}} | line 1: http.tls.certificate must be"
            + " set, since client-auth needs TLS",
        "http: {tls: {client-auth: maybe}} | line 1: http.tls.client-auth needs a word: none or"
            + " optional or required, not maybe",
      })
  void refusesTlsThatIsLessThanItSeems(String text, String error) {
    assertEquals(List.of(error), rejected(text));
  }

  @Test
  void knowsAKeyByItsDigestToo() {
    ApiKey key = Objects.requireNonNull(ApiKey.of("first-key"));
    CallersSettings callers =
        accepted(
                SettingsReader.parse(
                    "callers: {tenants: [{name: a, keys: [\"" + key.hashed() + "\"]}]}",
                    MAP,
                    Places.HERE))
            .callers();

    assertEquals(List.of(key), callers.tenants().getFirst().keys());
    assertEquals("sha256:", key.hashed().substring(0, 7));
    assertNotEquals(key, ApiKey.of(key.hashed())); // nobody gets in by what the file says
    assertEquals(
        List.of(
            "line 1: callers.tenants[0].keys[0] needs a secret of 8 to 128 visible characters"
                + " without spaces, its digest as sha256: and 64 hexadecimal digits, or file: and"
                + " the path of a file with either"),
        rejected("callers: {tenants: [{name: a, keys: [\"sha256:abcdef\"]}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{jwks: k, issuer: i, audience: a} | line 1: callers.tokens.jwks lets nobody in while no"
            + " tenant has claims in tokens",
        "{jwks: k, audience: a} | line 1: callers.tokens.issuer must be set, since tokens are"
            + " taken",
        "{jwks: k, issuer: i} | line 1: callers.tokens.audience must be set, since tokens are"
            + " taken",
        "{jwks: 'http://issuer.example/k', issuer: i, audience: a} | line 1: callers.tokens.jwks"
            + " must be a file, a URL with https, or one with http on loopback",
        "{jwks: 'ftp://127.0.0.1/k', issuer: i, audience: a} | line 1: callers.tokens.jwks"
            + " must be a file, a URL with https, or one with http on loopback",
        "{jwks: 'https://me:secret@issuer.example/k', issuer: i, audience: a} | line 1:"
            + " callers.tokens.jwks must be a file, a URL with https, or one with http on loopback",
        "{jwks: 'https://a b', issuer: i, audience: a} | line 1: callers.tokens.jwks needs a URL or"
            + " the path of a file",
        "{clock-skew: 6m} | line 1: callers.tokens.clock-skew must be 0s to 5m, not 6m",
      })
  void refusesTokensThatCouldNotBeJudged(String tokens, String error) {
    assertEquals(List.of(error), rejected("callers: {tokens: " + tokens + "}"));
  }

  @Test
  void refusesClaimsThatNobodyWouldLookAt() {
    assertEquals(
        List.of("line 1: callers.tokens.jwks must be set, since a tenant has claims in tokens"),
        rejected("callers: {tenants: [{name: a, claims: [x]}]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://issuer.example/keys",
    "http://127.0.0.1:1/keys",
    "http://localhost/k",
    "a/b"
  })
  void takesTokensByKeysFromFileAndNet(String jwks) {
    TokenSettings tokens =
        accepted(
                SettingsReader.parse(
                    "callers: {tokens: {jwks: \""
                        + jwks
                        + "\", issuer: i, audience: a}, tenants: [{name: t, claims: [\"*\"]}]}",
                    MAP,
                    Places.HERE))
            .callers()
            .tokens();

    assertTrue(tokens.on());
    assertEquals(jwks.contains(":"), tokens.url() != null);
  }

  @Test
  void anotherIssuerNeedsARestartAndAnotherClaimDoesNot() {
    String issuer = "callers: {tokens: {jwks: k, issuer: %s, audience: a},";
    String tenants = "tenants: [{name: t, claims: [%s]}]}";
    Settings now =
        accepted(SettingsReader.parse(String.format(issuer + tenants, "i", "x"), MAP, Places.HERE));
    Settings next =
        accepted(SettingsReader.parse(String.format(issuer + tenants, "j", "y"), MAP, Places.HERE));

    assertEquals(
        new LiveKeys.Change(List.of("callers.tenants"), List.of("callers.tokens.issuer")),
        LiveKeys.between(now, next));
  }

  @ParameterizedTest
  @CsvSource({"http, 0.0.0.0", "grpc, '::'", "http, weir.example"})
  void doesNotServeTheWholeNetByOversight(String port, String host) {
    String open = port + ": {host: \"" + host + "\"}\n";

    assertEquals(
        List.of(
            "line 1: "
                + port
                + ".host lets everybody in who can reach it: set callers.require-key, or"
                + " callers.anonymous.beyond-loopback if that is meant"),
        rejected(open));
    Settings meant =
        accepted(
            SettingsReader.parse(
                open + "callers: {anonymous: {beyond-loopback: true}}", MAP, Places.HERE));
    Settings known =
        accepted(
            SettingsReader.parse(
                open + "callers: {require-key: true, tenants: [{name: a, keys: [first-key]}]}",
                MAP,
                Places.HERE));
    for (Settings settings : List.of(meant, known)) {
      assertTrue(Loopback.is(settings.aside().http().host()), "what rehearses is not reachable");
    }
  }

  @Test
  void refusesToLetNobodyIn() {
    assertEquals(
        List.of("line 1: callers.require-key lets nobody in without callers.tenants"),
        rejected("callers: {require-key: true}"));
  }

  @Test
  void readsWhatMayBeLeftOutOfWhoseAnswers() {
    BrownoutSettings brownout =
        accepted(
                SettingsReader.parse(
                    "brownout: {output: [batch, critical], coarse: [],"
                        + " speeds: [{profile: car, kmh: 25}, {profile: van, kmh: 20}]}",
                    MAP,
                    Places.HERE))
            .brownout();

    assertEquals(List.of(Tier.BATCH, Tier.CRITICAL), brownout.output());
    assertEquals(List.of(), brownout.coarse());
    assertEquals(
        List.of(25.0, 20.0, 15.0, 0.0),
        Stream.of("car", "van", "bike", "horse").map(brownout::kmh).toList());
    assertEquals(
        List.of("line 1: brownout.speeds names car twice"),
        rejected("brownout: {speeds: [{profile: car}, {profile: car}]}"));
    assertEquals(
        List.of("line 1: brownout.speeds[0].profile is missing"),
        rejected("brownout: {speeds: [{kmh: 3}]}"));
  }

  @Test
  void saysWhyAFileCannotBeRead(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("weir.yaml");
    assertEquals(
        List.of("the file does not exist"), sentences(SettingsReader.read(file, MAP, Places.HERE)));

    Files.write(file, new byte[] {'a', (byte) 0xff});
    assertEquals(
        List.of("the file is not text in UTF-8"),
        sentences(SettingsReader.read(file, MAP, Places.HERE)));

    Files.writeString(file, "#".repeat(300_000));
    assertEquals(
        List.of("the file is longer than 256KiB"),
        sentences(SettingsReader.read(file, MAP, Places.HERE)));
    assertEquals(
        List.of("the file cannot be read"), sentences(SettingsReader.read(dir, MAP, Places.HERE)));
  }

  @Test
  void staysBriefHoweverManyErrorsThereAre() {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      yaml.append("k").append(i).append("x".repeat(500)).append(": 1\n");
    }
    List<String> errors = rejected(yaml.toString());

    assertEquals(100, errors.size());
    assertTrue(errors.stream().allMatch(error -> error.length() < 200));
  }

  private static Settings accepted(Reading reading) {
    if (reading instanceof Reading.Rejected rejected) {
      throw new AssertionError(rejected.errors().toString());
    }
    return assertInstanceOf(Reading.Accepted.class, reading).settings();
  }

  private static List<String> rejected(String yaml) {
    return rejected(yaml, MAP);
  }

  private static List<String> rejected(String yaml, Overrides overrides) {
    return sentences(SettingsReader.parse(yaml, overrides, Places.HERE));
  }

  private static List<String> sentences(Reading reading) {
    return assertInstanceOf(Reading.Rejected.class, reading).errors().stream()
        .map(ConfigError::sentence)
        .toList();
  }
}
