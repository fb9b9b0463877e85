package dev.weir.proxy;

import java.util.Objects;

/** What the person at the terminal is told when the server cannot start: one line per mistake. */
final class Complaint {

  /** Exit code for a mistake on the command line. */
  static final int USAGE = 2;

  /** Exit code for everything else. */
  static final int FAILED = 1;

  private Complaint() {}

  static void print(String line) {
    System.err.println("weir: " + line.lines().findFirst().orElse("failed"));
  }

  /** The first line of what a fault says of itself. */
  static String of(Throwable fault) {
    return Objects.requireNonNullElse(fault.getMessage(), fault.getClass().getSimpleName());
  }
}
