package dev.weir.proxy.transport.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;

/**
 * Sees what the JSON of a {@code POST /route} asks for, without complaint: where it cannot be
 * understood the glance ends, and whoever reads the document later complains. Used once, on an
 * event loop.
 */
public final class BodyGlance {

  /** Of longer documents the rest is guessed: event loops have others to serve. */
  static final int MOST_BYTES = 16_384;

  private static final int BUFFER_BYTES = 512;
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();
  private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L; // of Fibonacci hashing

  private final byte[] document;
  private final int length;

  /** Of the document, up to 1. */
  private final double part;

  private final Sketch sketch = new Sketch(RequestKind.ROUTE);
  private boolean amongPoints;

  private BodyGlance(byte[] document, int length, double part) {
    this.document = document;
    this.length = length;
    this.part = part;
  }

  /**
   * @param body as sent
   */
  public static Traits of(byte[] body, boolean gzipped) {
    int length = Math.min(body.length, MOST_BYTES);
    BodyGlance glance =
        gzipped
            ? inflated(body)
            : new BodyGlance(body, length, body.length == 0 ? 1 : (double) length / body.length);
    glance.look();
    return glance.sketch.traits();
  }

  private static BodyGlance inflated(byte[] body) {
    byte[] document = new byte[MOST_BYTES];
    int length = 0;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), BUFFER_BYTES)) {
      int more = in.read(document, 0, MOST_BYTES);
      while (more > 0) {
        length += more;
        more = in.read(document, length, MOST_BYTES - length);
      }
    } catch (IOException unreadable) {
      // what could be inflated counts
    }
    double whole = length < MOST_BYTES ? length : inflatedLength(body);
    return new BodyGlance(document, length, whole > length ? length / whole : 1);
  }

  /** As gzip says of itself at its end (RFC 1952, ISIZE); not to be trusted, but good to guess. */
  private static double inflatedLength(byte[] body) {
    ByteBuffer end = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    return Integer.toUnsignedLong(end.getInt(body.length - Integer.BYTES));
  }

  private void look() {
    try (JsonParser in = JSON.createParser(document, 0, length)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        properties(in);
      }
    } catch (IOException unreadable) {
      if (amongPoints) {
        sketch.morePoints(1 / part);
      }
    }
  }

  private void properties(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      switch (name) {
        case "points" -> points(in);
        case "custom_model" -> model(in);
        case "headings" -> sketch.headings(anyIn(in));
        case "details" -> sketch.details(anyIn(in));
        default -> scalar(in, name, value);
      }
      in.skipChildren();
    }
  }

  private void scalar(JsonParser in, String name, JsonToken value) throws IOException {
    boolean yes = value == JsonToken.VALUE_TRUE;
    switch (name) {
      case "profile" -> sketch.profile(in.getValueAsString());
      case "algorithm" -> sketch.algorithm(in.getValueAsString());
      case "ch.disable" -> sketch.speedModeDisabled(yes);
      case "lm.disable" -> sketch.hybridModeDisabled(yes);
      case "pass_through" -> sketch.passThrough(yes);
      case "instructions" -> sketch.instructions(value != JsonToken.VALUE_FALSE);
      case "calc_points" -> sketch.geometry(value != JsonToken.VALUE_FALSE);
      case "round_trip.distance" ->
          sketch.roundTrip(value.isNumeric() ? in.getDoubleValue() : Double.NaN);
      case "alternative_route.max_paths" ->
          sketch.maxPaths(value.isNumeric() ? (int) in.getDoubleValue() : 0);
      default -> {}
    }
  }

  private void points(JsonParser in) throws IOException {
    sketch.noPoints();
    if (!in.isExpectedStartArrayToken()) {
      return;
    }
    amongPoints = true;
    while (in.nextToken() == JsonToken.START_ARRAY) {
      double longitude = coordinate(in);
      sketch.point(coordinate(in), longitude);
      while (in.currentToken() != JsonToken.END_ARRAY && in.currentToken() != null) {
        in.nextToken();
        in.skipChildren();
      }
    }
    amongPoints = false;
  }

  private static double coordinate(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.END_ARRAY) {
      return Double.NaN;
    }
    JsonToken next = in.nextToken();
    in.skipChildren();
    return next != null && next.isScalarValue() ? in.getValueAsDouble(Double.NaN) : Double.NaN;
  }

  /** Whether an array has elements; reads to its end. */
  private static boolean anyIn(JsonParser in) throws IOException {
    if (!in.isExpectedStartArrayToken() || in.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    while (in.currentToken() != null && in.currentToken() != JsonToken.END_ARRAY) {
      in.skipChildren();
      in.nextToken();
    }
    return true;
  }

  private void model(JsonParser in) throws IOException {
    if (!in.isExpectedStartObjectToken()) {
      return;
    }
    long start = in.currentTokenLocation().getByteOffset();
    sketch.model(0, (int) (length - start)); // if it ends too soon
    long hash = HASH_MULTIPLIER;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = in.nextToken();
      if (token == null) {
        return;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      hash = (hash ^ token.id()) * HASH_MULTIPLIER;
      if (token.isScalarValue() || token == JsonToken.FIELD_NAME) {
        hash = (hash ^ (hash >>> 32) ^ text(in)) * HASH_MULTIPLIER;
      }
    }
    sketch.model(hash, (int) (in.currentLocation().getByteOffset() - start));
  }

  private static long text(JsonParser in) throws IOException {
    char[] chars = in.getTextCharacters();
    int from = in.getTextOffset();
    long hash = in.getTextLength();
    for (int i = from; i < from + in.getTextLength(); i++) {
      hash = hash * 31 + chars[i];
    }
    return hash;
  }
}
