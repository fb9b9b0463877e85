package dev.weir.proxy.transport.admin;

import io.netty.handler.codec.http.HttpResponseStatus;

/** What is answered. */
record Page(HttpResponseStatus status, String type, String text) {

  static final String TEXT = "text/plain; charset=utf-8";

  /** One or more lines. */
  static Page of(HttpResponseStatus status, String text) {
    return new Page(status, TEXT, text + "\n");
  }

  static Page of(HttpResponseStatus status) {
    return of(status, status.reasonPhrase());
  }
}
