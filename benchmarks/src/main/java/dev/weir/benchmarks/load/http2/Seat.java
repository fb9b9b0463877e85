package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** A rider on a connection that it may share with others; has one stream at a time. On the loop. */
final class Seat implements ConnectionPool.Rider, Wire.Line, Heard {
  private final ConnectionPool<Seat> pool;
  private final Link link;
  private final Reading reading;
  private Wire.@Nullable Answered waiting;
  private int stream;

  Seat(ConnectionPool<Seat> pool, Link link, Reading reading) {
    this.pool = pool;
    this.link = link;
    this.reading = reading;
  }

  @Override
  public boolean usable() {
    return link.usable();
  }

  void ask(Dialect dialect, int question, Wire.Answered to) {
    waiting = to;
    reading.begin(question);
    stream = link.open(dialect.head(question), dialect.body(question), true, this);
  }

  @Override
  public void hangUp() {
    waiting = null;
    link.leave(stream);
  }

  @Override
  public void headers(Http2Headers headers, boolean last) {
    reading.headers(headers);
    ended(last);
  }

  @Override
  public void data(ByteBuf data, boolean last) {
    reading.data(data);
    ended(last);
  }

  private void ended(boolean last) {
    if (last) {
      reading.end();
    }
  }

  @Override
  public void reset(long code) {
    reading.reset(code);
  }

  @Override
  public void closed() {
    Wire.Answered to = waiting;
    waiting = null;
    int status = reading.status();
    boolean right = reading.right();
    long bytes = reading.bytes();
    Remarks remarks = reading.remarks();
    if (link.usable()) {
      pool.free(this);
    }
    if (to != null) {
      to.answered(status, right, bytes, remarks);
    }
  }
}
