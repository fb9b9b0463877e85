package dev.weir.proxy.path;

import java.util.Set;

/**
 * What is going to be computed for a call: what was asked for, or less.
 *
 * @param traits of what is going to be computed
 * @param left steps that were taken to get there; empty if it is what was asked for
 */
public record Plan(Traits traits, Set<Step> left) {

  public static Plan asAsked(Traits traits) {
    return new Plan(traits, Set.of());
  }
}
