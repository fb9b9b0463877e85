package dev.weir.proxy;

import dev.weir.proxy.quota.LocalQuota;
import dev.weir.proxy.quota.Spending;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what tenants have spent of their quotas of the day survive a restart, in a file beside the
 * graph. Used by one thread at a time; nothing it does can fail a start or a stop.
 */
final class QuotaKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaKeeper.class);
  private static final String FILE = "quotas";

  private final LocalQuota quota;
  private final Path file;
  private final Ground.Disk disk;
  private boolean complained;

  /**
   * @param graphDir where the graph is kept
   */
  QuotaKeeper(LocalQuota quota, Path graphDir, Ground.Disk disk) {
    this.quota = quota;
    this.file = graphDir.resolve(FILE);
    this.disk = disk;
  }

  void load() {
    if (!quota.imposed()) {
      return;
    }
    try {
      Spending before = Spending.read(file);
      if (before == null) {
        LOG.warn("quotas of the day begin anew: {} is damaged", file);
      } else {
        quota.restore(before);
      }
    } catch (IOException e) {
      LOG.warn("quotas of the day begin anew: {} cannot be read ({})", file, e.toString());
    }
  }

  synchronized void save() {
    if (!quota.imposed()) {
      return;
    }
    try {
      disk.write();
      quota.spending().write(file);
    } catch (IOException e) {
      if (!complained) {
        LOG.warn("Quotas of the day will begin anew: {} cannot be written ({}).", file, e);
      }
      complained = true;
    }
  }
}
