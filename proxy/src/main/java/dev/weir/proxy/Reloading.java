package dev.weir.proxy;

import dev.weir.proxy.config.Adjustment;
import dev.weir.proxy.config.ConfigError;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.LiveKeys;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.transport.admin.Reload;
import java.util.List;
import java.util.Map;
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

  /** Without what was changed by hand. */
  private volatile Settings read;

  /**
   * @param source reads file and command line again
   */
  Reloading(Live<Settings> settings, Supplier<Reading> source) {
    this.settings = settings;
    this.source = source;
    this.read = settings.get();
  }

  /** Blocks while the file is read. */
  synchronized Reload reload() {
    Reading next = source.get();
    Reload result = swap(next);
    if (result instanceof Reload.Done && next instanceof Reading.Accepted(Settings settings)) {
      read = settings;
    }
    LOG.info("configuration read again: {}", String.join("; ", result.lines()));
    return result;
  }

  /** Changes single values until the file is read again. */
  synchronized Reload adjust(Map<String, String> wishes) {
    Reload result = swap(Adjustment.apply(settings.get(), wishes));
    // of what is not valid, lines quote only what is fit for a log
    Object what = result instanceof Reload.Done ? wishes : "other values";
    LOG.info("an operator asked for {}: {}", what, String.join("; ", result.lines()));
    return result;
  }

  /** Names of the keys that have other values than the file had when it was read. */
  List<String> adjusted() {
    return LiveKeys.between(read, settings.get()).live();
  }

  private Reload swap(Reading next) {
    return switch (next) {
      case Reading.Rejected(var errors) ->
          new Reload.Rejected(errors.stream().map(ConfigError::sentence).toList());
      case Reading.Accepted(Settings accepted) -> swap(accepted);
    };
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
