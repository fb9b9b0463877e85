package dev.weir.routing.graphhopper;

import com.graphhopper.GHRequest;
import com.graphhopper.config.Profile;
import com.graphhopper.routing.AlgorithmOptions;
import com.graphhopper.routing.AlternativeRoute;
import com.graphhopper.routing.FlexiblePathCalculator;
import com.graphhopper.routing.Router;
import com.graphhopper.routing.RouterConfig;
import com.graphhopper.routing.RoutingAlgorithm;
import com.graphhopper.routing.RoutingAlgorithmFactory;
import com.graphhopper.routing.RoutingAlgorithmFactorySimple;
import com.graphhopper.routing.WeightingFactory;
import com.graphhopper.routing.ev.EncodedValueLookup;
import com.graphhopper.routing.lm.LMRoutingAlgorithmFactory;
import com.graphhopper.routing.lm.LandmarkStorage;
import com.graphhopper.routing.querygraph.QueryGraph;
import com.graphhopper.routing.util.EncodingManager;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.routing.weighting.custom.FindMinMax;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.Graph;
import com.graphhopper.storage.RoutingCHGraph;
import com.graphhopper.storage.index.LocationIndex;
import com.graphhopper.util.TranslationMap;
import com.graphhopper.util.details.PathDetailsBuilderFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GraphHopper's router with every search on a graph that is watched: {@link StoppableGraph} in
 * flexible and hybrid mode, {@link StoppableChGraph} in speed mode. Made per computation, used by
 * its thread.
 */
final class StoppableRouter extends Router {

  private final StopTicket ticket;

  StoppableRouter(
      StopTicket ticket,
      BaseGraph graph,
      EncodingManager encodingManager,
      LocationIndex index,
      Map<String, Profile> profiles,
      PathDetailsBuilderFactory details,
      TranslationMap translations,
      RouterConfig config,
      WeightingFactory weightings,
      Map<String, RoutingCHGraph> chGraphs,
      Map<String, LandmarkStorage> landmarks) {
    super(
        graph,
        encodingManager,
        new StoppableIndex(index, ticket),
        profiles,
        details,
        translations,
        config,
        weightings,
        watched(chGraphs, ticket),
        landmarks);
    this.ticket = ticket;
  }

  private static Map<String, RoutingCHGraph> watched(
      Map<String, RoutingCHGraph> graphs, StopTicket ticket) {
    Map<String, RoutingCHGraph> watched = new LinkedHashMap<>();
    graphs.forEach((profile, graph) -> watched.put(profile, new StoppableChGraph(graph, ticket)));
    return watched;
  }

  @Override
  protected Solver createFlexSolver(
      GHRequest request,
      Map<String, Profile> profiles,
      RouterConfig config,
      EncodingManager lookup,
      WeightingFactory weightings,
      BaseGraph graph,
      LocationIndex index) {
    return new FlexibleSolver(request, profiles, config, lookup, weightings, graph, index);
  }

  @Override
  protected Solver createLMSolver(
      GHRequest request,
      Map<String, Profile> profiles,
      RouterConfig config,
      EncodingManager lookup,
      WeightingFactory weightings,
      BaseGraph graph,
      LocationIndex index,
      Map<String, LandmarkStorage> landmarks) {
    return new HybridSolver(request, profiles, config, lookup, weightings, graph, index);
  }

  private class FlexibleSolver extends FlexSolver {

    FlexibleSolver(
        GHRequest request,
        Map<String, Profile> profiles,
        RouterConfig config,
        EncodedValueLookup lookup,
        WeightingFactory weightings,
        BaseGraph graph,
        LocationIndex index) {
      super(request, profiles, config, lookup, weightings, graph, index);
    }

    @Override
    protected FlexiblePathCalculator createPathCalculator(QueryGraph queryGraph) {
      return new FlexiblePathCalculator(
          queryGraph, new Watched(algorithms(), ticket), weighting, getAlgoOpts());
    }

    RoutingAlgorithmFactory algorithms() {
      return new RoutingAlgorithmFactorySimple();
    }
  }

  /** The same with landmarks; GraphHopper's own solver for them cannot be extended. */
  private final class HybridSolver extends FlexibleSolver {

    HybridSolver(
        GHRequest request,
        Map<String, Profile> profiles,
        RouterConfig config,
        EncodedValueLookup lookup,
        WeightingFactory weightings,
        BaseGraph graph,
        LocationIndex index) {
      super(request, profiles, config, lookup, weightings, graph, index);
    }

    @Override
    RoutingAlgorithmFactory algorithms() {
      @Nullable LandmarkStorage prepared = landmarks.get(profile.getName());
      if (prepared == null) {
        throw new IllegalArgumentException(
            """
            Cannot find LM preparation for the requested profile: '%s'
            You can try disabling LM using lm.disable=true
            available LM profiles: %s\
            """
                .formatted(profile.getName(), landmarks.keySet()));
      }
      if (request.getCustomModel() != null) {
        FindMinMax.checkLMConstraints(profile.getCustomModel(), request.getCustomModel(), lookup);
      }
      return new LMRoutingAlgorithmFactory(prepared)
          .setDefaultActiveLandmarks(routerConfig.getActiveLandmarkCount());
    }
  }

  /** Algorithms that search a watched graph. */
  private record Watched(RoutingAlgorithmFactory algorithms, StopTicket ticket)
      implements RoutingAlgorithmFactory {

    @Override
    public RoutingAlgorithm createAlgo(Graph graph, Weighting weighting, AlgorithmOptions options) {
      StoppableGraph watched = new StoppableGraph(graph, ticket);
      RoutingAlgorithm algorithm = algorithms.createAlgo(watched, weighting, options);
      if (algorithm instanceof AlternativeRoute alternatives) {
        return new StoppableAlternatives(watched, weighting, options, ticket)
            .setApproximation(alternatives.getApproximation());
      }
      return algorithm;
    }
  }
}
