/**
 * Load over HTTP/2, plain or gRPC: {@link dev.weir.benchmarks.load.http2.Link} is a connection,
 * {@link dev.weir.benchmarks.load.http2.Http2} the riders on some, and a {@link
 * dev.weir.benchmarks.load.http2.Dialect} what is said over them.
 */
@NullMarked
package dev.weir.benchmarks.load.http2;

import org.jspecify.annotations.NullMarked;
