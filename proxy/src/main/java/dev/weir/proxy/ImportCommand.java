package dev.weir.proxy;

import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.observe.Logging;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import dev.weir.routing.graphhopper.ImportedGraph;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code weir import}: does what {@code weir serve} does with a map that it sees for the first
 * time, and ends. The graph appears in its directory when it is complete.
 */
@Command(name = "import", description = "Import a map for a server that starts later.")
final class ImportCommand implements Callable<Integer> {

  @Mixin private final SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() {
    return switch (options.read(null, null, null, false)) {
      case Reading.Rejected(var errors) -> options.complain(errors);
      case Reading.Accepted(Settings settings) -> bring(settings);
    };
  }

  private static int bring(Settings settings) {
    long beganNanos = System.nanoTime();
    try (Logging _ = Logging.start(settings.log(), System::nanoTime)) {
      ImportedGraph graph = GraphHopperEngine.importMap(settings.engine(), System.out::println);
      System.out.println(sentence(settings.engine(), graph, System.nanoTime() - beganNanos));
      return 0;
    } catch (EngineStartException e) {
      Complaint.print(Complaint.of(e));
      return Complaint.FAILED;
    }
  }

  private static String sentence(EngineSettings engine, ImportedGraph graph, long tookNanos) {
    String how =
        graph.built() ? String.format(Locale.ROOT, ", imported in %.1f s", tookNanos / 1e9) : "";
    return String.format(
        Locale.ROOT,
        "The graph of %s is in %s%s: %.1f MB%s",
        engine.map(),
        engine.graphDir(),
        graph.built() ? "" : " already",
        graph.bytes() / 1e6,
        how);
  }
}
