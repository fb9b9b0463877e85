package dev.weir.proxy.transport.http;

import dev.weir.proxy.transport.tls.Subject;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a connection with TLS and one in clear text. Used on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed end ends the connection anyway
final class Cover {

  private final SocketChannel channel;

  Cover(SocketChannel channel) {
    this.channel = channel;
  }

  /** {@code null} in clear text. */
  private @Nullable SslHandler tls() {
    return channel.pipeline().get(SslHandler.class);
  }

  /** Whether nothing can be written yet. */
  boolean handshaking() {
    SslHandler tls = tls();
    return tls != null && !tls.handshakeFuture().isDone();
  }

  /** Whether the caller has chosen HTTP/2. */
  boolean http2() {
    SslHandler tls = tls();
    return tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
  }

  /** The name in the caller's certificate, {@code null} if it showed none. */
  @Nullable String subject() {
    SslHandler tls = tls();
    return tls == null ? null : Subject.of(tls.engine().getSession());
  }

  /** Says that nothing more comes, and lets what the caller sends go on. */
  void finishSending() {
    SslHandler tls = tls();
    if (tls == null) {
      channel.shutdownOutput();
    } else {
      tls.closeOutbound();
    }
  }

  /**
   * Ends the connection with a reset, for a caller that would not read what TLS says at the end.
   */
  void reset() {
    channel.config().setSoLinger(0);
    channel.unsafe().close(channel.voidPromise());
  }

  /**
   * Whether it is the caller's or the network's. What is no TLS comes as an exception of the
   * decoder.
   */
  static boolean isFromOutside(Throwable fault) {
    return fault instanceof IOException || fault.getCause() instanceof SSLException;
  }
}
