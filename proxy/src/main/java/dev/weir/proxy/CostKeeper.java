package dev.weir.proxy;

import dev.weir.proxy.classify.LearnedCosts;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets learned costs survive a restart, in a file beside the graph that they were learned on. Used
 * by one thread at a time; nothing it does can fail a start or a stop.
 */
final class CostKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(CostKeeper.class);
  private static final String FILE = "costs";

  private final LearnedCosts costs;
  private final Path file;
  private final Ground.Disk disk;
  private boolean complained;

  /**
   * @param graphDir where the graph is kept
   */
  CostKeeper(LearnedCosts costs, Path graphDir, Ground.Disk disk) {
    this.disk = disk;
    this.costs = costs;
    this.file = graphDir.resolve(FILE);
  }

  void load() {
    switch (costs.load(file)) {
      case ALL -> LOG.info("know the costs of requests from before");
      case NOTHING -> LOG.info("learn the costs of requests anew");
      case FOREIGN -> LOG.info("learn the costs of requests anew: {} is of other ones", file);
      case DAMAGED -> LOG.warn("learn the costs of requests anew: {} cannot be read", file);
    }
  }

  synchronized void save() {
    try {
      disk.write();
      costs.save(file);
    } catch (IOException e) {
      if (!complained) {
        LOG.warn("The costs of requests will be forgotten: {} cannot be written ({}).", file, e);
      }
      complained = true;
    }
  }
}
