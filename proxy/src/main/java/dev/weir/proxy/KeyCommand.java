package dev.weir.proxy;

import dev.weir.proxy.config.ApiKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir key}: makes a key for a tenant, and the line that knows it. Keeps neither. */
@Command(name = "key", description = "Make a key for a tenant.")
final class KeyCommand implements Callable<Integer> {

  /** So that programs that look for secrets in the wrong places find them. */
  private static final String PREFIX = "weir_";

  private static final int RANDOM_BYTES = 32;

  @Override
  public Integer call() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    lines(key).forEach(System.out::println);
    return 0;
  }

  private static List<String> lines(String key) {
    return List.of(
        "The key, for whoever calls. It is shown once and kept nowhere:",
        "",
        key,
        "",
        "Put into the configuration, at the tenant whose it is:",
        "",
        "keys: [\"" + Objects.requireNonNull(ApiKey.of(key)).hashed() + "\"]");
  }
}
