package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import java.io.IOException;

/** No room for what the server keeps on disk: the costs it has learned. Thread-safe. */
final class DiskFull implements Fault {

  private volatile boolean full;

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String usage() {
    return "nothing to set";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    wishes.nothingElse();
    full = true;
  }

  @Override
  public void stop() {
    full = false;
  }

  @Override
  public String state() {
    return full ? "writes fail" : "";
  }

  /**
   * @throws IOException if there is no room
   */
  void write() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }
}
