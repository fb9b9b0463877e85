package dev.weir.proxy.walls.planted.dispatch;

final class Sleeps {

  private Sleeps() {}

  static void awhile() throws InterruptedException {
    Thread.sleep(1);
  }
}
