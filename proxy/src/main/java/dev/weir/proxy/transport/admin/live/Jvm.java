package dev.weir.proxy.transport.admin.live;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM tells of itself. Thread-safe. */
final class Jvm {

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Of those, as many as this process keeps busy; 0 if that is not known. */
  double busyProcessors() {
    return Math.max(0, system.getProcessCpuLoad()) * processors();
  }

  long heapUsedBytes() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  long heapMostBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  /** Since the start. */
  long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .filter(millis -> millis > 0)
        .sum();
  }

  long uptimeMillis() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }
}
