package dev.weir.proxy.config;

/** How much it matters that a call is answered, highest first, as settings name it. */
public enum Tier {
  CRITICAL,
  DEFAULT,
  SHEDDABLE,
  BATCH
}
