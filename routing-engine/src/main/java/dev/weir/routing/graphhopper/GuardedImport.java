package dev.weir.routing.graphhopper;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs an import on a thread of its own and waits for it, but not for ever: if one of the threads
 * that GraphHopper decodes a map with dies of an error, above all for want of memory, GraphHopper
 * waits for what that thread will never deliver. Such an import is left behind on its daemon
 * thread, as the process is about to end.
 */
final class GuardedImport {

  private GuardedImport() {}

  /**
   * @throws RuntimeException what the import threw
   * @throws Error what the import or one of its threads died of
   */
  static void run(Runnable importing) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> {
          if (fault instanceof Error) {
            done.completeExceptionally(fault);
          } else if (before != null) {
            before.uncaughtException(thread, fault);
          }
        });
    try {
      Thread.ofPlatform().name("map-import").daemon().start(() -> complete(done, importing));
      done.join();
    } catch (CompletionException e) {
      rethrow(e);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static void complete(CompletableFuture<Void> done, Runnable importing) {
    try {
      importing.run();
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  private static void rethrow(CompletionException e) {
    switch (e.getCause()) {
      case Error error -> throw error;
      case RuntimeException fault -> throw fault;
      case null, default -> throw e;
    }
  }
}
