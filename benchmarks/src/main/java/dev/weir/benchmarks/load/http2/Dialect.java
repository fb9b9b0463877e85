package dev.weir.benchmarks.load.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** What is said over HTTP/2: questions, encoded once, and how answers are read. On the loop. */
public interface Dialect {

  /** How many questions there are. */
  int questions();

  /** Of the question at {@code index}. */
  Http2Headers head(int index);

  /** Its body, a reference for whoever asks for it; null if it has none. */
  @Nullable ByteBuf body(int index);

  /** A reader of answers, one after the other. */
  Reading reading();
}
