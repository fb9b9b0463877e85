package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.Listener;
import dev.weir.benchmarks.load.Mark;
import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The same GET requests as over HTTP/1.1. */
public final class Plain implements Dialect {
  private static final AsciiString RETRY_AFTER = AsciiString.cached("retry-after");
  private static final AsciiString DEGRADED = AsciiString.cached("x-weir-degraded");
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** A refusal by the codec alone. */
  private static final Remarks REFUSED_STREAM = new Remarks(-1, "refused_stream", "");

  private final List<Asked> asked;

  /** What is sent, and the words without which a 200 is no right answer to it. */
  private record Asked(Http2Headers head, Mark mark) {}

  public Plain(List<Requests.Plain> questions) {
    asked = questions.stream().map(Plain::encode).toList();
  }

  private static Asked encode(Requests.Plain plain) {
    List<AsciiString> more = new ArrayList<>();
    more.add(AsciiString.of("accept"));
    more.add(AsciiString.of("application/json"));
    for (String line : plain.headers()) {
      int colon = line.indexOf(':');
      more.add(AsciiString.of(line.substring(0, colon).toLowerCase(Locale.ROOT)));
      more.add(AsciiString.of(line.substring(colon + 1).strip()));
    }
    Http2Headers head =
        ReadOnlyHttp2Headers.clientHeaders(
            false,
            AsciiString.of("GET"),
            AsciiString.of(plain.target()),
            AsciiString.of("http"),
            AsciiString.of("127.0.0.1"),
            more.toArray(AsciiString[]::new));
    return new Asked(head, plain.mark());
  }

  @Override
  public int questions() {
    return asked.size();
  }

  @Override
  public Http2Headers head(int index) {
    return asked.get(index).head();
  }

  @Override
  public @Nullable ByteBuf body(int index) {
    return null;
  }

  @Override
  public Reading reading() {
    return new Answer();
  }

  private final class Answer implements Reading {
    private final Listener listener = new Listener();
    private Mark mark = asked.getFirst().mark();
    private int markMatched;
    private int head;
    private long bytes;
    private boolean complete;
    private boolean refused;

    @Override
    public void begin(int question) {
      listener.reset();
      mark = asked.get(question).mark();
      markMatched = 0;
      head = 0;
      bytes = 0;
      complete = false;
      refused = false;
    }

    @Override
    public void headers(Http2Headers headers) {
      CharSequence status = headers.status();
      if (status == null) {
        return;
      }
      head = Numbers.of(status, 0);
      CharSequence retryAfter = headers.get(RETRY_AFTER);
      if (retryAfter != null) {
        listener.retryAfter(retryAfter.toString());
      }
      CharSequence degraded = headers.get(DEGRADED);
      if (degraded != null) {
        listener.degraded(degraded.toString());
      }
    }

    @Override
    public void data(ByteBuf data) {
      bytes += data.readableBytes();
      if (head == OK) {
        int end = data.writerIndex();
        for (int i = data.readerIndex(); i < end && markMatched < mark.length(); i++) {
          markMatched = mark.matched(markMatched, data.getByte(i));
        }
      } else {
        listener.body(data, data.readableBytes());
      }
    }

    @Override
    public void end() {
      complete = true;
    }

    @Override
    public void reset(long code) {
      refused = code == Http2Error.REFUSED_STREAM.code();
    }

    @Override
    public int status() {
      return complete ? head : refused ? UNAVAILABLE : 0;
    }

    @Override
    public boolean right() {
      return complete && markMatched == mark.length();
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public Remarks remarks() {
      return complete ? listener.remarks() : refused ? REFUSED_STREAM : Remarks.NONE;
    }
  }
}
