package dev.weir.proxy.classify;

import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.EngineSettings.ProfileSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What calls cost, learned per cell of similar calls. Estimates are made on event loops and read a
 * few words; workers write them, one word at a time. Thread-safe and lock-free.
 */
public final class LearnedCosts implements CostModel {

  // Learned is not the cost itself but by what factor it differs from the prior of the cell: that
  // factor is about the same for neighbors, so a cell without samples is well served by what is
  // known of the coarser cells around it, and a machine of half the speed is noticed once for all.
  // Three levels: the cell; work, mode, profile and distance; work and mode. Each is drawn towards
  // the next, the less the more samples it has (empirical Bayes; the weights are in Moments).
  //
  // The mean is that of the costs themselves, since work ahead is a sum of costs. The high estimate
  // is the mean logarithm plus some deviations of it: logarithms of service times are about normal
  // within a cell, and a dozen samples tell a deviation where a hundredth part needs hundreds. How
  // many deviations, Margins learns.

  /** Deviation of the logarithm where nothing was measured: a factor of two and a half. */
  private static final double PRIOR_VARIANCE = 0.8;

  /** Measuring a time is no better than this. */
  private static final double LEAST_VARIANCE = 0.01;

  /** Of a call for a profile that there is not: it is told so at once. */
  private static final long COMPLAINT_NANOS = 100_000;

  private static final double MOST_NANOS = 3.6e12;
  private static final int CELL_BITS = 21;

  private final CostCells cells;
  private final float[] priorLogs;
  private final Moments fine;
  private final Moments coarse;
  private final Moments groups = new Moments(CostCells.groupCount());
  private final Margins margins = new Margins(CostCells.groupCount());
  private final WorkRates rates = new WorkRates(CostCells.groupCount() * ModelMemory.STATES);
  private final ModelMemory models = new ModelMemory();
  private final String meaning;

  /**
   * @param profiles as they are served
   * @param map names the loaded map, so that costs of another are not taken for its own
   * @param nodes of that map
   * @param density of its nodes
   */
  public LearnedCosts(List<ProfileSettings> profiles, String map, int nodes, NodeDensity density) {
    cells = new CostCells(profiles, density);
    priorLogs = new float[cells.count()];
    for (int cell = 0; cell < priorLogs.length; cell++) {
      priorLogs[cell] = (float) Math.log(CostPriors.nanos(cells.describe(cell), nodes));
    }
    fine = new Moments(cells.count());
    coarse = new Moments(cells.coarseCount());
    meaning =
        map
            + " of "
            + nodes
            + " nodes for "
            + profiles.stream().map(LearnedCosts::meaning).toList();
  }

  private static String meaning(ProfileSettings profile) {
    return String.join(
        " ",
        profile.name(),
        profile.customModelFiles().toString(),
        profile.turnCosts() ? "turn-costs" : "",
        profile.speedMode() ? "speed" : "",
        profile.hybridMode() ? "hybrid" : "");
  }

  @Override
  public Estimate estimate(Traits traits) {
    if (!cells.serves(traits)) {
      return Estimate.of(COMPLAINT_NANOS);
    }
    int cell = cells.of(traits, models.state(traits.modelHash()));
    int group = cells.group(cell);
    long own = fine.word(cell);
    long near = coarse.word(CostCells.coarse(cell));
    long far = groups.word(group);

    double logMean = drawn(far, Moments.logMean(far), 0);
    logMean = drawn(own, Moments.logMean(own), drawn(near, Moments.logMean(near), logMean));
    double meanLog = drawn(far, Moments.meanLog(far), -PRIOR_VARIANCE / 2);
    meanLog = drawn(own, Moments.meanLog(own), drawn(near, Moments.meanLog(near), meanLog));
    double variance = drawn(far, Moments.variance(far), PRIOR_VARIANCE);
    variance = drawn(own, Moments.variance(own), drawn(near, Moments.variance(near), variance));

    double deviation = Math.sqrt(Math.max(variance, LEAST_VARIANCE));
    double highLog = meanLog + margins.deviations(group) * deviation;
    long mean = nanos(priorLogs[cell] + logMean);
    return new Estimate(
        cell | (ModelMemory.slot(traits.modelHash()) << CELL_BITS),
        group,
        mean,
        Math.max(mean, nanos(priorLogs[cell] + highLog)));
  }

  /** A cell's own value, drawn towards that of the coarser cell around it. */
  private static double drawn(long word, double own, double around) {
    return around + Moments.weight(word) * (own - around);
  }

  private static long nanos(double log) {
    return (long) Math.clamp(Math.exp(log), 1, MOST_NANOS);
  }

  @Override
  public void learn(Estimate estimate, long busyNanos, long visitedNodes) {
    if (estimate.cell() < 0) {
      return;
    }
    int cell = cell(estimate);
    int model = CostCells.model(cell);
    if (model == ModelMemory.NEW) {
      models.computed(estimate.cell() >>> CELL_BITS);
    }
    int kind = cells.group(cell) * ModelMemory.STATES + model;
    learn(estimate, rates.learn(kind, busyNanos, visitedNodes));
  }

  @Override
  public void learnAtLeast(Estimate estimate, long busyNanos) {
    if (estimate.cell() >= 0 && busyNanos > estimate.meanNanos()) {
      learn(estimate, Math.log((double) busyNanos));
    }
  }

  private void learn(Estimate estimate, double log) {
    int cell = cell(estimate);
    int group = cells.group(cell);
    double factorLog = log - priorLogs[cell];
    fine.learn(cell, factorLog);
    coarse.learn(CostCells.coarse(cell), factorLog);
    groups.learn(group, factorLog);
    margins.learn(group, log > Math.log((double) estimate.highNanos()));
  }

  private static int cell(Estimate estimate) {
    return estimate.cell() & ((1 << CELL_BITS) - 1);
  }

  /** What became of a file of costs. */
  public enum Restored {
    /** They are known again. */
    ALL,
    /** There is no file. */
    NOTHING,
    /** They are those of another map, other profiles, or another version. */
    FOREIGN,
    /** The file cannot be read, or is not what was written. */
    DAMAGED
  }

  /** Takes what {@link #save} wrote for what was learned; to be called before anything is. */
  public Restored load(Path file) {
    return CostFile.read(file, meaning, words());
  }

  /**
   * Writes what was learned, all or nothing. One thread at a time; others may go on learning.
   *
   * @throws IOException if that cannot be done; what was there before stays then
   */
  public void save(Path file) throws IOException {
    CostFile.write(file, meaning, words());
  }

  private List<AtomicLongArray> words() {
    return List.of(
        fine.words(), coarse.words(), groups.words(), margins.words(), rates.moments().words());
  }
}
