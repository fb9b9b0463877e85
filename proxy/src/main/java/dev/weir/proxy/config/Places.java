package dev.weir.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where things are when neither the command line nor the file says.
 *
 * @param defaultMap the map to load, {@code null} if one must be named
 * @param state directory for what is made of maps
 */
public record Places(@Nullable Path defaultMap, Path state) {

  /** No default map, and state below the current directory. */
  public static final Places HERE = new Places(null, Path.of(".weir"));
}
