package dev.weir.proxy.admit.limit;

/**
 * The default: as many calls as there are processors, and up to twice as many as far as more work
 * gets done by it.
 *
 * <p>Where work is all computing, throughput does not rise beyond one call per processor while
 * latency does, in proportion; so {@code C} is the answer, and there is nothing to search. Only an
 * engine that also waits (for pages of a mapped file, for memory) can use more, and it shows in one
 * way: <em>more work is done</em> when the limit is higher. That is all this policy looks at, as
 * Protego does [1], and as Cinnamon does where the covariance of calls in flight and throughput
 * keeps its limit from running away [2]. It never looks at latency.
 */
/*
 * Hill climbing by experiments. One experiment compares two neighbouring limits in PAIRS pairs of
 * turns, low-high, high-low, low-high …, so that a machine that gets slower or faster meanwhile does
 * so for both. The first window of a turn is not counted: its calls began under the other limit.
 *
 *   gain       mean difference of the work rates of a pair, high minus low
 *   a permit's worth   work rate at C / C
 *   climb if   gain − 2 standard errors > 5 % of the worth of the permits added
 *   stay if    gain > 2.5 % of it, else step down
 *
 * In doubt the limit goes down: a useless permit costs latency, a missing one some throughput. The
 * two thresholds are the hysteresis. Who did not move rests before the next experiment; who stayed at
 * C each time twice as long, up to MOST_REST_WINDOWS: experiments cost latency, and an engine seldom
 * changes its nature. An experiment during which the limit does not bind says nothing and is given up; when it
 * has not bound for IDLE_WINDOWS, a limit that was raised goes back to C and the search begins anew.
 *
 * [1] I. Cho et al., "Protego: Overload Control for Applications with Unpredictable Lock
 *     Contention", NSDI 2023.
 * [2] "Cinnamon Auto-Tuner: Adaptive Concurrency in the Wild", Uber Engineering, 2023.
 */
public final class MarginalThroughput implements LimitPolicy {

  private static final int PAIRS = 8;
  private static final int TURNS = 2 * PAIRS;
  private static final double WORTH_CLIMBING = 0.05;
  private static final double WORTH_STAYING = 0.025;
  private static final double CERTAINTY = 2;

  private static final int REST_WINDOWS = 48;
  private static final int MOST_REST_WINDOWS = 12 * REST_WINDOWS;

  private static final int IDLE_WINDOWS = 20;
  private static final double BINDING = 0.9;

  /** A step is an eighth of the range, at least one permit. */
  private static final int STEPS = 8;

  private final int least;
  private final int most;
  private final int step;
  private final double[] rates = new double[TURNS];
  private int level;
  private boolean upwards = true;
  private int turn;
  private boolean settled;
  private int restingWindows;
  private int nextRestWindows = REST_WINDOWS;
  private int idleWindows;
  private double workRateAtLeast;

  /**
   * @param processors that compute, at least 1
   */
  public MarginalThroughput(int processors) {
    if (processors < 1) {
      throw new IllegalArgumentException("there is at least 1 processor, not " + processors);
    }
    least = processors;
    most = 2 * processors;
    step = Math.max(1, processors / STEPS);
    level = least;
  }

  @Override
  public double initial() {
    return least;
  }

  @Override
  public double next(double limit, Window window) {
    if (window.meanInFlight() < BINDING * Math.floor(limit)) {
      giveUp();
    } else if (idleWindows > 0) {
      idleWindows = 0;
    } else if (restingWindows > 0) {
      restingWindows--;
    } else {
      observe(window.workRate());
    }
    return restingWindows > 0 || idleWindows > 0 ? level : limitOfTurn();
  }

  /** The limit does not bind. */
  private void giveUp() {
    idleWindows = Math.min(IDLE_WINDOWS, idleWindows + 1);
    turn = 0;
    settled = false;
    if (idleWindows == IDLE_WINDOWS && level > least) {
      level = least;
      upwards = true;
      restingWindows = 0;
      nextRestWindows = REST_WINDOWS;
    }
  }

  private void observe(double workRate) {
    if (!settled) {
      settled = true;
      return;
    }
    rates[turn++] = workRate;
    settled = false;
    if (turn == TURNS) {
      turn = 0;
      conclude();
    }
  }

  private double limitOfTurn() {
    return highTurn(turn) ? high() : low();
  }

  /** Low, high, high, low, low, high … */
  private static boolean highTurn(int turn) {
    return (turn + 1) / 2 % 2 == 1;
  }

  private int low() {
    return upwards ? level : Math.max(least, level - step);
  }

  private int high() {
    return upwards ? Math.min(most, level + step) : level;
  }

  private void conclude() {
    double sum = 0;
    double squares = 0;
    double lowSum = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      double first = rates[2 * pair];
      double second = rates[2 * pair + 1];
      double gain = highTurn(2 * pair) ? first - second : second - first;
      lowSum += highTurn(2 * pair) ? second : first;
      sum += gain;
      squares += gain * gain;
    }
    double gain = sum / PAIRS;
    double error = Math.sqrt(Math.max(0, squares / PAIRS - gain * gain) / (PAIRS - 1));
    if (low() == least || workRateAtLeast == 0) {
      workRateAtLeast = lowSum / PAIRS;
    }
    decide(gain, error);
  }

  private void decide(double gain, double error) {
    double worth = workRateAtLeast / least * (high() - low());
    boolean moved;
    if (upwards) {
      moved = gain - CERTAINTY * error > WORTH_CLIMBING * worth;
      level = moved ? high() : level;
    } else {
      moved = gain <= WORTH_STAYING * worth;
      level = moved ? low() : level;
    }
    // Who moved goes on at once; who did not rests, and then looks the other way.
    upwards = level == least || (level < most && upwards == moved);
    if (moved) {
      restingWindows = 0;
      nextRestWindows = REST_WINDOWS;
    } else {
      restingWindows = nextRestWindows;
      nextRestWindows =
          Math.min(level == least ? MOST_REST_WINDOWS : REST_WINDOWS, 2 * nextRestWindows);
    }
  }
}
