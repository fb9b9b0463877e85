package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.time.Duration;

/**
 * How long callers wait.
 *
 * @param standard for calls that do not say
 * @param longest that a call may ask for
 */
public record DeadlineSettings(Duration standard, Duration longest) {

  public DeadlineSettings {
    DeadlineKeys.STANDARD.require(standard);
    DeadlineKeys.LONGEST.require(longest);
    if (standard.compareTo(longest) > 0) {
      throw new InvalidSetting(
          DeadlineKeys.STANDARD.name(),
          "must not be later than "
              + DeadlineKeys.LONGEST.name()
              + ", "
              + DurationText.print(longest));
    }
  }
}
