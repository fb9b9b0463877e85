package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.load.Usage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A server under load, as seen from outside. Immutable.
 *
 * @param address of its HTTP port, which tells of the map
 * @param door for riders
 * @param pids of all its processes, a proxy in front included; empty if they are not known
 */
public record Host(String name, InetSocketAddress address, Door door, List<Long> pids) {
  private static final String RESIDENT = "VmRSS:";
  private static final double KIB_PER_MIB = 1_024;

  public Host {
    pids = List.copyOf(pids);
  }

  /** One that was started here. */
  public static Host of(ServerProcess server, Door door) {
    return new Host(server.name(), server.address(), door, List.of(server.pid()));
  }

  /** Processor time used so far, and that of the whole machine. */
  public Usage usage() {
    return Usage.now(cpu(), Duration.ZERO);
  }

  private Duration cpu() {
    return pids.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Resident memory of all processes together; 0 where unknown. */
  public double memoryMib() {
    return pids.stream().mapToDouble(Host::memoryMib).sum();
  }

  private static double memoryMib(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
