package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Future;

/**
 * What brings one request after the other, or just one, and takes the answers: a connection of
 * HTTP/1.1 or a stream of HTTP/2. Used on its event loop, but for {@link #handOver}, {@link #goOn},
 * {@link #allocator} and {@link #http2}.
 */
interface Carrier {

  ByteBufAllocator allocator();

  /** Whether answers are to be encoded for HTTP/2. */
  boolean http2();

  /** Takes an answer, or a part of one, from any thread. */
  void handOver(Exchange from, Outgoing answer);

  /** Runs a task on the event loop and goes on with what follows from it; from any thread. */
  void goOn(Runnable task);

  /**
   * Writes an answer.
   *
   * @param last the carrier ends with it
   * @param bodyUnread the request it answers was not read to its end
   */
  void write(Encoded answer, boolean last, boolean bodyUnread);

  /**
   * Writes the head of an answer in pieces. HTTP/1.1: bytes() is the head alone, with
   * Transfer-Encoding: chunked. HTTP/2: head() without content-length, bytes() empty.
   */
  void writeHead(Encoded head);

  /** Writes a piece, which is released; its held bytes are given back when the caller took it. */
  void writePiece(ByteBuf piece, int heldBytes);

  /**
   * Whether further pieces are welcome. When it becomes true again the carrier calls {@link
   * Reception#writable}.
   */
  boolean writable();

  /**
   * Ends an answer in pieces.
   *
   * @param last the carrier ends with it
   * @param bodyUnread the request it answers was not read to its end
   */
  void writeEnd(boolean last, boolean bodyUnread);

  /** Runs a task on the event loop after so long. */
  Future<?> later(Runnable task, long nanos);

  /** Tells a caller who waits for it to send the body. */
  void writeContinue();

  /** Ends it after an answer that promised to keep it. */
  void giveUp();
}
