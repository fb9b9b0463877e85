package dev.weir.proxy.transport;

import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.rides.Quotes;
import java.time.InstantSource;
import java.util.Random;

/** Books of quotes by the standard tariff. */
public final class TestQuotes {

  private TestQuotes() {}

  public static Quotes at(InstantSource clock) {
    return new Quotes(new Live<>(RidesSettings.standard()), clock, new Random(1));
  }
}
