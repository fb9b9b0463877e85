package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.path.Standing;
import dev.weir.proxy.transport.QuotaWords;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/** Tells a tenant of its quota, at the end of each call. */
final class QuotaTrailers {

  private static final Metadata.Key<String> POLICY =
      Metadata.Key.of(QuotaWords.POLICY, Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> LEFT =
      Metadata.Key.of(QuotaWords.LEFT, Metadata.ASCII_STRING_MARSHALLER);

  private QuotaTrailers() {}

  /**
   * @param standing {@code null} for who has no quota
   */
  static void addTo(Metadata trailers, @Nullable Standing standing) {
    if (standing != null) {
      trailers.put(POLICY, QuotaWords.policy(standing));
      trailers.put(LEFT, QuotaWords.left(standing));
    }
  }
}
