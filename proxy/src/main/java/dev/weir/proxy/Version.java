package dev.weir.proxy;

import java.util.Objects;

/** The version of this build. */
final class Version {

  private Version() {}

  /** From the manifest of the jar; a build that is run from classes has none. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "unpackaged");
  }
}
