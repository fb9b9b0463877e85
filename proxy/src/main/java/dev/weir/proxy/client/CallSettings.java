package dev.weir.proxy.client;

import io.grpc.Metadata;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What goes with every call, and how often it is tried.
 *
 * @param apiKey identifies the caller, {@code null} for none
 * @param priority {@code null} leaves it to the server
 * @param user on whose behalf calls are made, {@code null} for nobody's
 * @param acceptEstimate rather an estimate from straight lines than a refusal
 * @param deadline how long an answer is waited for, retries included, unless the call has a
 *     deadline of its own
 * @param maxAttempts in all, 1 for no retries
 */
public record CallSettings(
    @Nullable String apiKey,
    @Nullable Priority priority,
    @Nullable String user,
    boolean acceptEstimate,
    Duration deadline,
    int maxAttempts) {

  /** Nothing is claimed; ten seconds, three attempts. */
  public static final CallSettings STANDARD =
      new CallSettings(null, null, null, false, Duration.ofSeconds(10), 3);

  private static final Metadata.Key<String> KEY = key("x-api-key");
  private static final Metadata.Key<String> PRIORITY = key("x-weir-priority");
  private static final Metadata.Key<String> USER = key("x-weir-user");
  private static final Metadata.Key<String> ACCEPT = key("x-weir-accept");

  /** Which calls the server keeps when it cannot serve all. */
  public enum Priority {
    /** Somebody is lost or in danger without it. */
    CRITICAL,
    /** Somebody waits for it. */
    DEFAULT,
    /** Nobody would miss it. */
    SHEDDABLE,
    /** It can be done at any time. */
    BATCH
  }

  /** Refuses what cannot be. */
  public CallSettings {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("the deadline must be after now: " + deadline);
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("a call has one attempt at least: " + maxAttempts);
    }
  }

  /** The same with another key. */
  public CallSettings withApiKey(String key) {
    return new CallSettings(key, priority, user, acceptEstimate, deadline, maxAttempts);
  }

  /** The same with another priority. */
  public CallSettings withPriority(Priority other) {
    return new CallSettings(apiKey, other, user, acceptEstimate, deadline, maxAttempts);
  }

  /** The same on behalf of somebody else. */
  public CallSettings withUser(String other) {
    return new CallSettings(apiKey, priority, other, acceptEstimate, deadline, maxAttempts);
  }

  /** The same for whom an estimate will do. */
  public CallSettings withEstimates() {
    return new CallSettings(apiKey, priority, user, true, deadline, maxAttempts);
  }

  /** The same with more or less time. */
  public CallSettings withDeadline(Duration other) {
    return new CallSettings(apiKey, priority, user, acceptEstimate, other, maxAttempts);
  }

  /** The same with more or fewer attempts. */
  public CallSettings withMaxAttempts(int other) {
    return new CallSettings(apiKey, priority, user, acceptEstimate, deadline, other);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Adds what a call does not say by itself. */
  void addTo(Metadata headers) {
    add(headers, KEY, apiKey);
    add(headers, PRIORITY, priority == null ? null : priority.name().toLowerCase(Locale.ROOT));
    add(headers, USER, user);
    add(headers, ACCEPT, acceptEstimate ? "estimate" : null);
  }

  private static void add(Metadata headers, Metadata.Key<String> key, @Nullable String value) {
    if (value != null && !headers.containsKey(key)) {
      headers.put(key, value);
    }
  }

  /** Without the key, which is a secret. */
  @Override
  public String toString() {
    return "CallSettings[priority=%s, user=%s, acceptEstimate=%s, deadline=%s, maxAttempts=%d]"
        .formatted(priority, user, acceptEstimate, deadline, maxAttempts);
  }
}
