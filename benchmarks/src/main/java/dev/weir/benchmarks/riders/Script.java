package dev.weir.benchmarks.riders;

import java.time.Duration;
import java.util.List;

/**
 * What happens in one stage; the same for every server that it is played to. Immutable.
 *
 * @param shape when requests come due, the lead-in included
 * @param leadIn what comes due before is not counted
 * @param deadline of every request, from when it is due
 * @param questions in the order in which they are asked, round and round
 * @param retries of one rider for one wish, at most
 * @param seed of arrivals and manners
 */
record Script(
    Shape shape,
    Duration leadIn,
    Duration deadline,
    List<Question> questions,
    Shares<Manner> manners,
    int retries,
    long seed) {
  /** Servers that answer late are given this time after the last deadline. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  Script {
    questions = List.copyOf(questions);
  }

  /** From the end of the arrivals until what is not answered counts as unanswered. */
  Duration grace() {
    return deadline.plus(GRACE);
  }

  /** Time in which requests are counted. */
  Duration counted() {
    return shape.length().minus(leadIn);
  }
}
