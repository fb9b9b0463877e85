package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.Remarks;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/** Reads answers, one after the other. Used by one thread. */
public interface Reading {

  /** The next answer will be one to this question. */
  void begin(int question);

  /** A head, or what follows the body. */
  void headers(Http2Headers headers);

  /** A piece of the body; the buffer is the connection's. */
  void data(ByteBuf data);

  /** The answer is complete. */
  void end();

  /** The server gave it up, with a code of HTTP/2. */
  void reset(long code);

  /** As of HTTP, 0 if there is no complete answer. */
  int status();

  /** Whether the answer holds what was asked for. */
  boolean right();

  /** Of the body. */
  long bytes();

  /** What the answer said beside its status. */
  Remarks remarks();
}
