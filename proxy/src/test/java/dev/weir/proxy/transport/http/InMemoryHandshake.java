package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** A handshake between our side and a client of Java, without a socket. */
final class InMemoryHandshake {

  private final SSLEngine server;

  /**
   * @throws SSLException if it fails on our side
   */
  InMemoryHandshake(Security security, SSLContext context) throws SSLException {
    SSLEngine client = context.createSSLEngine("localhost", 0);
    client.setUseClientMode(true);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    client.setSSLParameters(parameters);
    SslHandler ours = security.handler(ByteBufAllocator.DEFAULT);
    this.server = ours.engine();
    EmbeddedChannel near = new EmbeddedChannel(ours);
    EmbeddedChannel far = new EmbeddedChannel(new SslHandler(client));
    try {
      while (passOn(far, near) || passOn(near, far)) {
        near.runPendingTasks();
        far.runPendingTasks();
      }
      if (!ours.handshakeFuture().isSuccess()) {
        throw new SSLException("failed", ours.handshakeFuture().cause());
      }
    } finally {
      far.finishAndReleaseAll();
      near.finishAndReleaseAll();
    }
  }

  private static boolean passOn(EmbeddedChannel from, EmbeddedChannel to) throws SSLException {
    boolean any = false;
    for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
      any = true;
      try {
        to.writeInbound(bytes);
      } catch (io.netty.handler.codec.DecoderException e) {
        throw new SSLException("refused", e);
      }
    }
    return any;
  }

  String protocol() {
    return server.getSession().getProtocol();
  }

  String applicationProtocol() {
    return server.getApplicationProtocol();
  }
}
