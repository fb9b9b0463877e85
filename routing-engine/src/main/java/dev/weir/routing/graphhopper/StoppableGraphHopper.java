package dev.weir.routing.graphhopper;

import com.graphhopper.GraphHopper;
import com.graphhopper.config.Profile;
import com.graphhopper.routing.Router;
import com.graphhopper.routing.RouterConfig;
import com.graphhopper.routing.WeightingFactory;
import com.graphhopper.routing.ch.PrepareContractionHierarchies;
import com.graphhopper.routing.lm.LMConfig;
import com.graphhopper.routing.lm.LandmarkStorage;
import com.graphhopper.routing.lm.PrepareLandmarks;
import com.graphhopper.routing.util.EncodingManager;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.CHConfig;
import com.graphhopper.storage.RoutingCHGraph;
import com.graphhopper.storage.index.LocationIndex;
import com.graphhopper.util.PMap;
import com.graphhopper.util.TranslationMap;
import com.graphhopper.util.details.PathDetailsBuilderFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * GraphHopper whose searches can be stopped, and which tells how far its import has come. Once
 * loaded it is only read and may be used by any number of threads.
 */
final class StoppableGraphHopper extends GraphHopper {

  private final Consumer<String> progress;

  StoppableGraphHopper(Consumer<String> progress) {
    this.progress = progress;
  }

  @Override
  protected Router doCreateRouter(
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
    StopTicket ticket = StopTicket.current();
    return ticket == null
        ? super.doCreateRouter(
            graph,
            encodingManager,
            index,
            profiles,
            details,
            translations,
            config,
            weightings,
            chGraphs,
            landmarks)
        : new StoppableRouter(
            ticket,
            graph,
            encodingManager,
            index,
            profiles,
            details,
            translations,
            config,
            weightings,
            chGraphs,
            landmarks);
  }

  /**
   * @throws UnusableProfile if GraphHopper cannot make sense of a profile's rules
   */
  @Override
  public void checkProfilesConsistency() {
    for (Profile profile : getProfiles()) {
      try {
        createWeighting(profile, new PMap());
      } catch (IllegalArgumentException e) {
        throw new UnusableProfile(profile.getName(), e);
      }
    }
    super.checkProfilesConsistency();
  }

  /** Its message is for the operator. */
  static final class UnusableProfile extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableProfile(String profile, IllegalArgumentException cause) {
      super("Profile '" + profile + "': " + OneLine.of(cause), cause);
    }
  }

  @Override
  protected void importOSM() {
    progress.accept("reading the map " + getOSMFile());
    super.importOSM();
  }

  @Override
  protected void cleanUp() {
    progress.accept(
        "%,d nodes and %,d edges; looking for islands of the network"
            .formatted(getBaseGraph().getNodes(), getBaseGraph().getEdges()));
    super.cleanUp();
  }

  @Override
  protected Map<String, PrepareContractionHierarchies.Result> prepareCH(
      boolean closeEarly, List<CHConfig> configs) {
    for (CHConfig config : configs) {
      progress.accept("preparing speed mode for profile " + config.getName());
    }
    return super.prepareCH(closeEarly, configs);
  }

  @Override
  protected List<PrepareLandmarks> prepareLM(boolean closeEarly, List<LMConfig> configs) {
    for (LMConfig config : configs) {
      progress.accept("preparing hybrid mode for profile " + config.getName());
    }
    return super.prepareLM(closeEarly, configs);
  }
}
