package dev.weir.proxy.transport.http;

import java.nio.ByteBuffer;

/**
 * The first message of a handshake, as a client sends it that knows one version and a few suites
 * (RFC 5246, 7.4.1.2). Tools of today refuse to be made to send it.
 */
final class Hello {

  static final int ALERT = 21;
  static final int HANDSHAKE_FAILURE = 40;
  static final int PROTOCOL_VERSION = 70;

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RANDOM_BYTES = 32;

  // Groups and signatures that the server knows, so that nothing else is lacking.
  private static final byte[] EXTENSIONS = {
    0, 10, 0, 4, 0, 2, 0, 23, // supported_groups: secp256r1
    0, 13, 0, 6, 0, 4, 4, 3, 4, 1, // signature_algorithms: ECDSA and RSA with SHA-256
  };

  private final int version;
  private final int[] suites;

  Hello(int version, int... suites) {
    this.version = version;
    this.suites = suites;
  }

  byte[] bytes() {
    int body = 2 + RANDOM_BYTES + 1 + 2 + 2 * suites.length + 2 + 2 + EXTENSIONS.length;
    ByteBuffer hello = ByteBuffer.allocate(5 + 4 + body);
    hello.put((byte) HANDSHAKE).putShort((short) 0x0301).putShort((short) (4 + body));
    hello.put((byte) CLIENT_HELLO).put((byte) 0).putShort((short) body);
    hello.putShort((short) version).put(new byte[RANDOM_BYTES]).put((byte) 0);
    hello.putShort((short) (2 * suites.length));
    for (int suite : suites) {
      hello.putShort((short) suite);
    }
    hello.put((byte) 1).put((byte) 0); // no compression
    hello.putShort((short) EXTENSIONS.length).put(EXTENSIONS);
    return hello.array();
  }
}
