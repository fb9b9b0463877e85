package dev.weir.chaos.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds, by Linux' {@code /proc}.
 *
 * @param residentBytes memory it really has
 * @param threads of the system
 * @param descriptors open files and sockets
 */
public record Footprint(long residentBytes, long threads, long descriptors) {

  private static final long KIBIBYTE = 1_024;

  static Footprint of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    List<String> status = Files.readAllLines(proc.resolve("status"));
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      return new Footprint(
          number(status, "VmRSS:") * KIBIBYTE, number(status, "Threads:"), descriptors.count());
    }
  }

  private static long number(List<String> status, String name) throws IOException {
    for (String line : status) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("no " + name + " in /proc");
  }
}
