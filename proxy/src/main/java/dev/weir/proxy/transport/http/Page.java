package dev.weir.proxy.transport.http;

/** An answer that never varies, and its compressed form. Immutable. */
final class Page {

  private final HeaderLines type;
  private final String headers;
  private final byte[] plain;
  private final byte[] gzip;

  /**
   * @param headers further header lines, each with its line end
   */
  Page(String contentType, String headers, byte[] plain) {
    this.type = HeaderLines.of("Content-Type: " + contentType + "\r\n");
    this.headers = headers;
    this.plain = plain;
    this.gzip = Deflation.deflate(plain);
  }

  /** A header line. */
  HeaderLines type() {
    return type;
  }

  String headers() {
    return headers;
  }

  byte[] plain() {
    return plain;
  }

  byte[] gzip() {
    return gzip;
  }
}
