package dev.weir.routing.graphhopper;

import com.graphhopper.GraphHopper;
import com.graphhopper.util.PMap;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers {@link RouteQuery.ShortestPathTree} as a table of comma-separated values. Thread-safe.
 */
final class Trees {

  private static final List<String> DEFAULT_COLUMNS =
      List.of("longitude", "latitude", "time", "distance");

  /** More columns than there are names for; keeps a row short enough to multiply. */
  private static final int MAX_COLUMNS = 64;

  /** A table is built in memory, twice for a moment, so a long one must not crowd out the rest. */
  private static final int MAX_CHARACTERS = 64 << 20;

  private static final double MILLIS_PER_SECOND = 1000;

  private final GraphHopper hopper;
  private final ProfileGate profiles;

  Trees(GraphHopper hopper, ProfileGate profiles) {
    this.hopper = hopper;
    this.profiles = profiles;
  }

  RouteOutcome compute(RouteQuery.ShortestPathTree query, Computation computation) {
    PMap hints = Reach.hints(query.hints());
    ServedProfile profile = profiles.resolve(query.profile(), hints);
    checkCaps(query, profile);
    Reach reach = Reach.from(query.point(), hopper, profile, hints);
    StoppableTree tree = tree(query, profile, reach, computation.ticket());
    String table = table(query, reach, tree);
    double tookMillis = computation.tookMillis();
    computation.ticket().poll();
    byte[] body = table.getBytes(StandardCharsets.UTF_8);
    return new RouteOutcome.Found(
        new Rendered(Rendered.Media.CSV, body, tookMillis), tree.getVisitedNodes());
  }

  private static void checkCaps(RouteQuery.ShortestPathTree query, ServedProfile profile) {
    RouteCaps.require(
        query.columns().size() <= MAX_COLUMNS,
        "%d columns are too many, at most %d are allowed",
        query.columns().size(),
        MAX_COLUMNS);
    if (query.distanceLimitMeters() > 0) {
      ReachCaps.checkDistance(query.distanceLimitMeters(), profile);
    } else {
      ReachCaps.checkTime(query.timeLimitSeconds(), profile);
    }
  }

  private static StoppableTree tree(
      RouteQuery.ShortestPathTree query, ServedProfile profile, Reach reach, StopTicket ticket) {
    StoppableTree tree =
        new StoppableTree(reach, query.reverseFlow(), profile.caps().treeRows(), ticket);
    if (query.distanceLimitMeters() > 0) {
      tree.setDistanceLimit(query.distanceLimitMeters());
    } else {
      tree.setTimeLimit(query.timeLimitSeconds() * MILLIS_PER_SECOND);
    }
    return tree;
  }

  private String table(RouteQuery.ShortestPathTree query, Reach reach, StoppableTree tree) {
    List<String> names = query.columns().isEmpty() ? DEFAULT_COLUMNS : query.columns();
    TreeColumns meanings =
        new TreeColumns(reach.graph(), hopper.getEncodingManager(), query.reverseFlow());
    List<TreeColumns.Column> columns = names.stream().map(meanings::column).toList();
    StringBuilder out = new StringBuilder(String.join(",", names)).append('\n');
    tree.search(
        reach.snap().getClosestNode(),
        label -> {
          String separator = "";
          for (TreeColumns.Column column : columns) {
            out.append(separator);
            column.write(label, out);
            separator = ",";
          }
          out.append('\n');
          RouteCaps.require(
              out.length() <= MAX_CHARACTERS,
              "The tree is longer than the %d characters allowed; please lower the limit",
              MAX_CHARACTERS);
        });
    return out.toString();
  }
}
