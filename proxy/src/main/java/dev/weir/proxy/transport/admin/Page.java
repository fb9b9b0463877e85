package dev.weir.proxy.transport.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;

/**
 * What is answered.
 *
 * @param bytes to be read, not to be changed
 */
record Page(HttpResponseStatus status, String type, ByteBuffer bytes) {

  static final String TEXT = "text/plain; charset=utf-8";

  Page(HttpResponseStatus status, String type, String text) {
    this(status, type, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  /** One or more lines. */
  static Page of(HttpResponseStatus status, String text) {
    return new Page(status, TEXT, text + "\n");
  }

  static Page of(HttpResponseStatus status) {
    return of(status, status.reasonPhrase());
  }
}
