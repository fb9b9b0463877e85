package dev.weir.proxy.transport.contract.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What the build made of the contract for those who call it. Thread-safe. */
public final class Published {

  static final String DOCUMENT = "openapi.json";
  static final String PAGE = "docs.html";

  private Published() {}

  /** An OpenAPI document: JSON. */
  public static byte[] document() {
    return read(DOCUMENT);
  }

  /** The same for people: HTML. */
  public static byte[] page() {
    return read(PAGE);
  }

  /** All that the page needs to be allowed, as in the header {@code Content-Security-Policy}. */
  public static String pagePolicy() {
    return DocsPage.CONTENT_SECURITY_POLICY;
  }

  private static byte[] read(String name) {
    try (InputStream in = Published.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("this build's " + name + " cannot be read", e);
    }
  }
}
