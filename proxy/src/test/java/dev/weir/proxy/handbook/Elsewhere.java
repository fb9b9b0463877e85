package dev.weir.proxy.handbook;

import java.util.List;

/**
 * Blocks of commands that {@link CommandsTest} cannot run, and why.
 *
 * @param document from the root of the repository
 * @param begins how the block, or each of several, begins
 * @param why who runs it instead, or what looks at it
 */
record Elsewhere(String document, String begins, String why) {

  private static final String LAUNCHED =
      "takes minutes to hours; BenchCommandsTest reads its options as the command does";
  private static final String VERIFIED = "Maven within Maven; these tests are part of verify";
  private static final String TO_A_CLUSTER =
      "needs a registry or a cluster; DeployingDocumentTest and ChartTest look at what is in it";

  static final List<Elsewhere> ALL =
      List.of(
          new Elsewhere("README.md", "./weir serve\n", ".ci/run starts it so, from a clean tree"),
          new Elsewhere("README.md", "./mvnw verify\n", ".ci/run runs it"),
          new Elsewhere(
              "README.md",
              "./weir serve --map berlin-latest.osm.pbf",
              "wants maps of a city and a country; .ci/run starts servers with these options"),
          new Elsewhere("README.md", "./weir bench\n", LAUNCHED),
          new Elsewhere(
              "docs/alerts.md",
              "prometheus --config.file",
              "runs until it is stopped; ScrapedTest starts it with this file"),
          new Elsewhere("docs/benchmarks.md", "./weir bench", LAUNCHED),
          new Elsewhere(
              "docs/benchmarks.md",
              "./weir map synthesize",
              "a city of a million nodes; MapCommandTest makes a small one"),
          new Elsewhere(
              "docs/benchmarks.md",
              "java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' org.openjdk.jmh.Main",
              "measures for minutes, with what only a build of the benchmarks leaves"),
          new Elsewhere("docs/benchmarks.md", "./mvnw -q -pl benchmarks", "Maven within Maven"),
          new Elsewhere(
              "docs/chaos.md",
              "./weir chaos ",
              "takes nine minutes; .ci/launcher-test starts it, verify tries what it tries"),
          new Elsewhere("docs/compatibility.md", "./mvnw", VERIFIED),
          new Elsewhere("docs/contract.md", "./mvnw", VERIFIED),
          new Elsewhere("docs/deploying.md", "./mvnw -Pimage", ".ci/image-test builds the image"),
          new Elsewhere(
              "docs/deploying.md",
              "mkdir -p deploy\n",
              "docker with the image; DeployingDocumentTest runs what comes before"),
          new Elsewhere("docs/deploying.md", "kubectl create namespace", TO_A_CLUSTER),
          new Elsewhere(
              "docs/deploying.md",
              "./weir import --map berlin-latest.osm.pbf --graph-dir graphs/berlin\nprintf",
              TO_A_CLUSTER),
          new Elsewhere("docs/deploying.md", "helm install prometheus-adapter", TO_A_CLUSTER),
          new Elsewhere(
              "docs/deploying.md",
              "./mvnw -B -pl proxy -am -Dmaven.test.skip=true package\nsudo",
              "changes the machine; SystemdUnitTest and DeployingDocumentTest look at the unit"),
          new Elsewhere(
              "docs/security.md",
              "openssl s_client",
              "wants a port with TLS; TlsFromOutsideTest asks these questions"),
          new Elsewhere(
              "docs/security.md", "./mvnw -B -Pfuzz", "takes hours; SeedsTest reads the seeds"));

  boolean holds(String name, String block) {
    return document.equals(name) && block.startsWith(begins);
  }
}
