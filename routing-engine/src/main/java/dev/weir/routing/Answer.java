package dev.weir.routing;

/** What the engine found, in the {@link RouteQuery.Form} that was asked for. Immutable. */
public sealed interface Answer permits Rendered, Paths, Areas, Nearby, Legs {

  /** Computing time as the caller is to be told it. */
  double tookMillis();
}
