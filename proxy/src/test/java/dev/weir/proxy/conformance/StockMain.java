package dev.weir.proxy.conformance;

import java.io.IOException;

/**
 * Main class of the stock server's process. It ends when its standard input does, that is when the
 * test's JVM has gone, however that happened.
 */
final class StockMain {

  private StockMain() {}

  /** Starts the stock server with the arguments given. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().name("parent-watch").start(StockMain::haltWithParent);
    Class.forName("com.graphhopper.application.GraphHopperApplication")
        .getMethod("main", String[].class)
        .invoke(null, (Object) args);
  }

  private static void haltWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever sent
      }
    } catch (IOException e) {
      System.err.println("lost the parent: " + e);
    }
    Runtime.getRuntime().halt(0);
  }
}
