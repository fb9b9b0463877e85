package dev.weir.proxy.walls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule holds for the real classes and is seen to fail on a planted one. */
final class WallsTest {

  private static final String PLANTED_ROOT = "dev.weir.proxy.walls.planted";

  private static final JavaClasses REAL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/dev/weir/v1/"))
          .importPackages("dev.weir");

  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(PLANTED_ROOT);

  private final Walls walls = new Walls("dev.weir.proxy");
  private final Walls planted = new Walls(PLANTED_ROOT);

  @Test
  void theRealClassesAreLookedAt() {
    assertTrue(REAL.contain("dev.weir.proxy.Main"));
    assertTrue(REAL.contain("dev.weir.proxy.path.RequestPath"));
    assertTrue(REAL.contain("dev.weir.routing.RoutingEngine"));
    assertFalse(REAL.contain(WallsTest.class));
  }

  @Test
  void thePathSeesOnlyItselfTheEnginesPortAndTheJdk() {
    holds(walls.pathSeesNoThirdParty());
    notices(planted.pathSeesNoThirdParty(), "SeesALibrary");
    notices(planted.pathSeesNoThirdParty(), "SeesTheEngine");
  }

  @Test
  void settingsSeeNobody() {
    holds(walls.configSeesOnlyItself());
    notices(planted.configSeesOnlyItself(), "SeesThePath");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth",
        "classify",
        "admit",
        "quota",
        "dispatch",
        "resilience",
        "compute",
        "brownout",
        "rides",
        "playground",
        "observe",
        "chaos",
        "development",
        "transport.contract",
        "transport.tls",
        "transport.grpc",
        "transport.http",
        "transport.admin"
      })
  void stepsSeePathAndSettingsAndNeverEachOther(String step) {
    holds(walls.stepSeesNoOther(step));
  }

  @Test
  void aStepThatSeesAnotherIsNoticed() {
    notices(planted.stepSeesNoOther("admit"), "SeesAnotherStep");
  }

  @Test
  void packagesHaveNoCycles() {
    holds(walls.noCycles());
    notices(planted.noCycles(), "SeesItBack");
  }

  @Test
  void onlyWiringLooksAtTheClockOrSleeps() {
    holds(walls.clockIsWired());
    notices(planted.clockIsWired(), "LooksAtTheClock");
    notices(planted.clockIsWired(), "RefersToTheClock");
    notices(planted.clockIsWired(), "Sleeps");
  }

  @Test
  void onlyWiringThrowsDice() {
    holds(walls.randomnessIsWired());
    notices(planted.randomnessIsWired(), "ThrowsDice");
  }

  @ParameterizedTest
  @CsvSource({
    "io.netty, dev.weir.proxy.transport..",
    "build.buf, dev.weir.proxy.transport.contract..",
    "io.github.resilience4j, dev.weir.proxy.resilience",
    "io.micrometer, dev.weir.proxy.observe",
    "io.prometheus, dev.weir.proxy.observe",
    "io.opentelemetry, dev.weir.proxy.observe.trace",
    "ch.qos.logback, dev.weir.proxy.observe",
    "org.yaml.snakeyaml, dev.weir.proxy.config",
    "picocli, dev.weir.proxy",
    "com.graphhopper, dev.weir.routing.graphhopper",
    "com.nimbusds, dev.weir.proxy.auth",
    "com.github.benmanes.caffeine, dev.weir.proxy.auth",
  })
  void librariesHaveOneHome(String library, String home) {
    holds(walls.libraryStaysIn(library, home));
    notices(planted.libraryStaysIn(library, home), "HoardsLibraries");
  }

  @Test
  void grpcIsServedAndCalledAtTheEdges() {
    String[] homes = {"dev.weir.proxy.transport.grpc", "dev.weir.proxy.client"};
    holds(walls.libraryStaysIn("io.grpc", homes));
    notices(planted.libraryStaysIn("io.grpc", homes), "HoardsLibraries");
  }

  @Test
  void theClientSeesTheContractAndNothingOfTheServer() {
    holds(walls.clientSeesNoServer());
    notices(planted.clientSeesNoServer(), "SeesTheServer");
  }

  @Test
  void jsonIsReadAndWrittenAtTheEdges() {
    String[] homes = {
      "dev.weir.proxy.transport.http",
      "dev.weir.proxy.transport.contract..",
      "dev.weir.proxy.transport.admin..",
      "dev.weir.routing.graphhopper"
    };
    holds(walls.libraryStaysIn("com.fasterxml.jackson", homes));
    notices(planted.libraryStaysIn("com.fasterxml.jackson", homes), "HoardsLibraries");
  }

  @Test
  void everyPackageIsNullMarked() {
    holds(Walls.packagesAreNullMarked());
    notices(Walls.packagesAreNullMarked(), "MayBeNull");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Util", "Utils", "Helper", "Manager", "Impl"})
  void namesSayWhatThingsAre(String suffix) {
    holds(Walls.namesSayWhatThingsAre(suffix));
    notices(Walls.namesSayWhatThingsAre(suffix), "Planted" + suffix);
  }

  private static void holds(ArchRule rule) {
    rule.check(REAL);
  }

  private static void notices(ArchRule rule, String planted) {
    String report = String.join("\n", rule.evaluate(PLANTED).getFailureReport().getDetails());
    assertTrue(report.contains(planted), () -> rule.getDescription() + " misses " + planted);
  }
}
