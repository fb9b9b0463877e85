package dev.weir.routing;

import java.util.List;

/**
 * What can be reached within each bucket's limit, the smallest first.
 *
 * @param buckets of each the parts it consists of
 */
public record Areas(List<List<Part>> buckets, double tookMillis) implements Answer {

  /**
   * @param rings the outer border, then those of holes, as encoded polylines that end where they
   *     begin
   */
  public record Part(List<String> rings) {}
}
