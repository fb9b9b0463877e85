package dev.weir.proxy;

import dev.weir.proxy.config.ConfigError;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.LiveKeys;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.transport.admin.Reload;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Swaps the settings of a running server for those of its file: all of them or, if anything is
 * wrong, none. Thread-safe; one at a time.
 */
final class Reloading {

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private final Live<Settings> settings;
  private final Supplier<Reading> source;

  /**
   * @param source reads file and command line again
   */
  Reloading(Live<Settings> settings, Supplier<Reading> source) {
    this.settings = settings;
    this.source = source;
  }

  /** Blocks while the file is read. */
  synchronized Reload reload() {
    Reload result =
        switch (source.get()) {
          case Reading.Rejected(var errors) ->
              new Reload.Rejected(errors.stream().map(ConfigError::sentence).toList());
          case Reading.Accepted(Settings next) -> swap(next);
        };
    LOG.info("configuration read again: {}", String.join("; ", result.lines()));
    return result;
  }

  private Reload swap(Settings next) {
    LiveKeys.Change change = LiveKeys.between(settings.get(), next);
    if (!change.fixed().isEmpty()) {
      return new Reload.NeedsRestart(change.fixed());
    }
    settings.set(next);
    return new Reload.Done(change.live());
  }
}
