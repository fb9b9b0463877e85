package dev.weir.proxy.transport.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What is answered. */
record Page(HttpResponseStatus status, String type, ByteBuf body) {

  static final String TEXT = "text/plain; charset=utf-8";

  Page(HttpResponseStatus status, String type, String text) {
    this(status, type, Unpooled.copiedBuffer(text, UTF_8));
  }

  /** One or more lines. */
  static Page of(HttpResponseStatus status, String text) {
    return new Page(status, TEXT, text + "\n");
  }

  static Page of(HttpResponseStatus status) {
    return of(status, status.reasonPhrase());
  }
}
