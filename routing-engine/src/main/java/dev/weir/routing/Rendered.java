package dev.weir.routing;

/**
 * An answer that is ready to be sent. Immutable by agreement: nobody changes the bytes it was made
 * of.
 */
public final class Rendered implements Answer {

  private final Media media;
  private final byte[] body;
  private final double tookMillis;

  /**
   * @param body handed over: not to be changed afterwards
   * @param tookMillis computing time as the caller is to be told it
   */
  public Rendered(Media media, byte[] body, double tookMillis) {
    this.media = media;
    this.body = body;
    this.tookMillis = tookMillis;
  }

  public Media media() {
    return media;
  }

  /** The bytes themselves, not a copy; not to be changed. */
  public byte[] body() {
    return body;
  }

  @Override
  public double tookMillis() {
    return tookMillis;
  }

  /** The forms an answer may have. */
  public enum Media {
    JSON,
    /** GPS exchange format, version 1.1. */
    GPX,
    CSV
  }
}
