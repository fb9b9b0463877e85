package dev.weir.proxy.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A caller that speaks HTTP/2 without being asked, and sends exactly the frames it is told to. It
 * answers settings and pings by itself, and opens windows unless told not to.
 */
public final class FrameClient implements AutoCloseable {

  public static final short END_STREAM = Http2Flags.END_STREAM;
  public static final short END_HEADERS = Http2Flags.END_HEADERS;

  /** What {@link #goAway} gives where the connection ended without a word. */
  public static final long NO_WORD = -1;

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int INT_BYTES = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder =
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE);
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, Response> begun = new HashMap<>();
  private int nextId = 1;
  private boolean opensWindows = true;

  /** What a server answered; names are in lower case. */
  public static final class Response {
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean ended;
    private @Nullable Http2Error reset;

    public int status() {
      return Integer.parseInt(headers.getOrDefault(":status", "0"));
    }

    public Map<String, String> headers() {
      return headers;
    }

    public byte[] bytes() {
      return body.toByteArray();
    }

    public String body() {
      return body.toString(UTF_8);
    }

    /** Why the server reset the stream, {@code null} if it did not. */
    public @Nullable Http2Error reset() {
      return reset;
    }
  }

  /** A frame as it came. */
  private record Frame(int type, Http2Flags flags, int id, ByteBuf payload) {}

  public FrameClient(int port) throws IOException {
    this(new Socket(), port, 0);
  }

  /**
   * @param unconnected secures itself with the first byte, if it does at all
   * @param receiveBytes what the kernel keeps for a client that does not read; 0 for its default
   */
  public FrameClient(Socket unconnected, int port, int receiveBytes) throws IOException {
    socket = unconnected;
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Sends the preface and first settings: pairs of identifier and value. */
  public FrameClient greet(int... settings) throws IOException {
    send(ByteBufUtil.getBytes(Http2CodecUtil.connectionPrefaceBuf()));
    return settings(settings);
  }

  public FrameClient settings(int... settings) throws IOException {
    ByteBuf payload = Unpooled.buffer();
    for (int i = 0; i < settings.length; i += 2) {
      payload.writeShort(settings[i]).writeInt(settings[i + 1]);
    }
    return frame(Http2FrameTypes.SETTINGS, 0, 0, ByteBufUtil.getBytes(payload));
  }

  /** From now on what it receives is not made up for. */
  public FrameClient keepWindowsShut() {
    opensWindows = false;
    return this;
  }

  /** Sends the bytes as they are. */
  public FrameClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a frame, all of it or just its beginning. */
  public FrameClient frame(int type, int flags, int id, byte[] payload) throws IOException {
    return send(frameBytes(type, flags, id, payload));
  }

  public static byte[] frameBytes(int type, int flags, int id, byte... payload) {
    ByteBuf frame = Unpooled.buffer();
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(id);
    return ByteBufUtil.getBytes(frame.writeBytes(payload));
  }

  /** A payload of one number. */
  public static byte[] number(long value) {
    return ByteBufUtil.getBytes(Unpooled.buffer().writeInt((int) value));
  }

  /** The head of a request, to be changed as needed. */
  public static Http2Headers request(String method, String path, String... headers) {
    Http2Headers head = new DefaultHttp2Headers(false);
    head.method(method).scheme("http").path(path).authority("test");
    for (int i = 0; i < headers.length; i += 2) {
      head.add(headers[i], headers[i + 1]);
    }
    return head;
  }

  /** A head as it is sent. */
  public byte[] block(int id, Http2Headers head) throws Http2Exception {
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(id, head, block);
    return ByteBufUtil.getBytes(block);
  }

  /** The next stream to be used. */
  public int nextId() {
    int id = nextId;
    nextId += 2;
    return id;
  }

  /** Sends the head of a request, and gives its stream. */
  public int open(Http2Headers head, boolean last) throws IOException, Http2Exception {
    int id = nextId();
    frame(Http2FrameTypes.HEADERS, END_HEADERS | (last ? END_STREAM : 0), id, block(id, head));
    return id;
  }

  public FrameClient data(int id, byte[] piece, boolean last) throws IOException {
    return frame(Http2FrameTypes.DATA, last ? END_STREAM : 0, id, piece);
  }

  public FrameClient reset(int id) throws IOException {
    return frame(Http2FrameTypes.RST_STREAM, 0, id, number(Http2Error.CANCEL.code()));
  }

  public Response get(String target, String... headers) throws IOException, Http2Exception {
    return receive(open(request("GET", target, headers), true));
  }

  public Response post(String target, String type, byte[] body, String... headers)
      throws IOException, Http2Exception {
    Http2Headers head = request("POST", target, headers).add("content-type", type);
    int id = open(head.add("content-length", String.valueOf(body.length)), body.length == 0);
    if (body.length > 0) {
      data(id, body, true);
    }
    return receive(id);
  }

  /** The answer on a stream, read to its end or its reset. */
  public Response receive(int id) throws IOException, Http2Exception {
    Response response = response(id);
    while (!response.ended) {
      take(frame());
    }
    begun.remove(id);
    return response;
  }

  /** Reads until the answer on a stream has begun. */
  public FrameClient awaitHead(int id) throws IOException, Http2Exception {
    while (response(id).status() == 0) {
      take(frame());
    }
    return this;
  }

  /** What has come of an answer, as soon as there is more of its body than so many bytes. */
  public Response receive(int id, int bytes) throws IOException, Http2Exception {
    Response response = response(id);
    while (!response.ended && response.body.size() <= bytes) {
      take(frame());
    }
    return response;
  }

  private Response response(int id) {
    return begun.computeIfAbsent(id, _ -> new Response());
  }

  /** The code of the server's goodbye, {@link #NO_WORD} if it says none. */
  public long goAway() throws IOException, Http2Exception {
    try {
      while (true) {
        Frame frame = frame();
        if (frame.type() == Http2FrameTypes.GO_AWAY) {
          return frame.payload().getUnsignedInt(INT_BYTES);
        }
        take(frame);
      }
    } catch (EOFException | SocketException e) {
      return NO_WORD;
    }
  }

  /** Whether the server closes the connection, whatever it sends before. */
  public boolean closed() throws IOException {
    try {
      return in.transferTo(java.io.OutputStream.nullOutputStream()) >= 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Whether a ping is answered, rather than the connection ended for it. */
  public boolean ping() throws IOException, Http2Exception {
    frame(Http2FrameTypes.PING, 0, 0, new byte[Long.BYTES]);
    while (true) {
      Frame frame = frame();
      if (frame.type() == Http2FrameTypes.GO_AWAY) {
        return false;
      }
      if (frame.type() == Http2FrameTypes.PING && frame.flags().ack()) {
        return true;
      }
      take(frame);
    }
  }

  private Frame frame() throws IOException {
    int length = in.readUnsignedShort() << Byte.SIZE | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    Http2Flags flags = new Http2Flags((short) in.readUnsignedByte());
    int id = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, id, Unpooled.wrappedBuffer(payload));
  }

  private void take(Frame frame) throws IOException, Http2Exception {
    switch (frame.type()) {
      case Http2FrameTypes.HEADERS -> head(frame);
      case Http2FrameTypes.DATA -> data(frame);
      case Http2FrameTypes.RST_STREAM -> {
        Response response = response(frame.id());
        response.reset = Http2Error.valueOf(frame.payload().readUnsignedInt());
        response.ended = true;
      }
      case Http2FrameTypes.SETTINGS -> {
        if (!frame.flags().ack()) {
          frame(Http2FrameTypes.SETTINGS, Http2Flags.ACK, 0, new byte[0]);
        }
      }
      case Http2FrameTypes.PING -> {
        if (!frame.flags().ack()) {
          frame(Http2FrameTypes.PING, Http2Flags.ACK, 0, ByteBufUtil.getBytes(frame.payload()));
        }
      }
      default -> {}
    }
  }

  private void head(Frame frame) throws Http2Exception {
    Response response = response(frame.id());
    for (Map.Entry<CharSequence, CharSequence> field :
        decoder.decodeHeaders(frame.id(), frame.payload())) {
      response.headers.merge(
          field.getKey().toString(), field.getValue().toString(), (a, b) -> a + ", " + b);
    }
    response.ended |= frame.flags().endOfStream();
  }

  private void data(Frame frame) throws IOException {
    Response response = response(frame.id());
    int bytes = frame.payload().readableBytes();
    response.body.writeBytes(ByteBufUtil.getBytes(frame.payload()));
    response.ended |= frame.flags().endOfStream();
    if (opensWindows && bytes > 0) {
      frame(Http2FrameTypes.WINDOW_UPDATE, 0, 0, number(bytes));
      if (!response.ended) {
        frame(Http2FrameTypes.WINDOW_UPDATE, 0, frame.id(), number(bytes));
      }
    }
  }

  public void finishSending() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
