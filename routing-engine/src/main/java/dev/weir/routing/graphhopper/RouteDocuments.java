package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.graphhopper.GHRequest;
import com.graphhopper.util.PMap;
import com.graphhopper.util.Parameters;
import com.graphhopper.util.shapes.GHPoint;
import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of {@code POST /route} with GraphHopper's own binding: known properties become
 * fields, all others become hints that keep their JSON types. Thread-safe.
 */
final class RouteDocuments {

  private static final double DEFAULT_MULTIPLIER = 1e5;

  private final ObjectReader requests;

  /** As GraphHopper's server reads: unknown words are passed over, text behind the end is not. */
  RouteDocuments(ObjectMapper json) {
    this.requests =
        json.readerFor(GHRequest.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  RouteQuery.Route read(byte[] document) throws MalformedQuery {
    GHRequest request = parse(document);
    if (request == null) {
      throw new MalformedQuery(
          Problem.of(Problem.Kind.NO_DOCUMENT, "The request body must not be null", null));
    }
    PMap hints = request.getHints();
    return new RouteQuery.Route(
        Objects.requireNonNullElse(request.getProfile(), ""),
        coordinates(request.getPoints()),
        complete(request.getHeadings()),
        complete(request.getPointHints()),
        complete(request.getCurbsides()),
        request.hasSnapPreventions() ? complete(request.getSnapPreventions()) : null,
        complete(request.getPathDetails()),
        request.getAlgorithm(),
        request.getLocale().toString(),
        model(request, document.length),
        Collections.unmodifiableMap(hints.toMap()),
        rendering(hints));
  }

  private @Nullable GHRequest parse(byte[] document) throws MalformedQuery {
    try {
      return isBlank(document) ? null : requests.readValue(document);
    } catch (JsonProcessingException e) {
      throw unreadable();
    } catch (IOException e) {
      throw new UncheckedIOException("An array in memory cannot be read", e);
    }
  }

  /** GraphHopper's server takes an empty document for a missing one. */
  private static boolean isBlank(byte[] document) {
    for (byte b : document) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }

  private static List<Coordinate> coordinates(@Nullable List<GHPoint> points)
      throws MalformedQuery {
    if (points == null) {
      throw unreadable();
    }
    List<Coordinate> coordinates = new ArrayList<>(points.size());
    for (@Nullable GHPoint point : points) {
      if (point == null) {
        throw new MalformedQuery(Problems.refused("Point " + coordinates.size() + " is null"));
      }
      coordinates.add(new Coordinate(point.lat, point.lon));
    }
    return coordinates;
  }

  /** GraphHopper's server would fail at a {@code null} here, each time at another place. */
  private static <T> List<T> complete(@Nullable List<T> values) throws MalformedQuery {
    if (values == null || values.stream().anyMatch(Objects::isNull)) {
      throw unreadable();
    }
    return List.copyOf(values);
  }

  private static @Nullable GraphHopperModel model(GHRequest request, int documentBytes) {
    return request.getCustomModel() == null
        ? null
        : new GraphHopperModel(request.getCustomModel(), documentBytes);
  }

  private static RouteQuery.Rendering rendering(PMap hints) {
    return new RouteQuery.Rendering(
        hints.getBool(Parameters.Routing.INSTRUCTIONS, true),
        hints.getBool(Parameters.Routing.CALC_POINTS, true),
        hints.getBool("elevation", false),
        false,
        new RouteQuery.Json(
            hints.getBool("points_encoded", true),
            hints.getDouble("points_encoded_multiplier", DEFAULT_MULTIPLIER)));
  }

  private static MalformedQuery unreadable() {
    return new MalformedQuery(Problem.of(Problem.Kind.UNREADABLE, "Unable to process JSON", null));
  }
}
