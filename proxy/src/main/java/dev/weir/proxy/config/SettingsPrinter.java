package dev.weir.proxy.config;

import java.util.List;

/** Writes settings as {@link SettingsReader} reads them. Thread-safe. */
public final class SettingsPrinter {

  private SettingsPrinter() {}

  /** Every key with its value, as YAML. Secrets are masked, and the reader refuses the mask. */
  public static String print(Settings settings) {
    return YamlText.print(SettingsKeys.SCHEMA.write(settings), key -> List.of());
  }
}
