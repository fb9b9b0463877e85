package dev.weir.benchmarks.city;

/** How a way is built. */
enum Form {
  PLAIN(false, false),
  ONE_WAY(true, false),
  BRIDGE(false, true),
  ONE_WAY_BRIDGE(true, true),
  ROUNDABOUT(true, false),
  /** Not connected to the rest of the network, and meant to be like that. */
  ISLAND(false, false);

  private final boolean oneWay;
  private final boolean bridge;

  Form(boolean oneWay, boolean bridge) {
    this.oneWay = oneWay;
    this.bridge = bridge;
  }

  boolean oneWay() {
    return oneWay;
  }

  boolean bridge() {
    return bridge;
  }

  Form acrossWater() {
    return oneWay ? ONE_WAY_BRIDGE : BRIDGE;
  }
}
