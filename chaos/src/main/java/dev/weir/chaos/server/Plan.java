package dev.weir.chaos.server;

import java.nio.file.Path;
import java.util.List;

/**
 * How a server is to be started.
 *
 * @param map OpenStreetMap extract
 * @param graphDir where the imported map is, or will be
 * @param config text of weir.yaml
 * @param jvmFlags besides those that the launcher gives
 * @param port for callers, 0 for any
 * @param fileBytes that a file can have at most, as if the disk were full then; 0 for any
 */
public record Plan(
    Path map, Path graphDir, String config, List<String> jvmFlags, int port, int fileBytes) {

  /** What limits to files are counted in, by POSIX. */
  private static final int BLOCK_BYTES = 512;

  public Plan {
    jvmFlags = List.copyOf(jvmFlags);
  }

  /** The same on a port. */
  Plan at(int wanted) {
    return new Plan(map, graphDir, config, jvmFlags, wanted, fileBytes);
  }

  /** The same where files cannot have more than so many bytes. */
  public Plan withRoomFor(int bytes) {
    return new Plan(map, graphDir, config, jvmFlags, port, bytes);
  }

  /** What starts a command so. */
  List<String> starter() {
    return fileBytes == 0
        ? List.of()
        : List.of(
            "sh",
            "-c",
            "ulimit -f \"$0\" && exec \"$@\"",
            Integer.toString(Math.ceilDiv(fileBytes, BLOCK_BYTES)));
  }
}
