package dev.weir.proxy.conformance;

import static dev.weir.proxy.conformance.Deviation.answers;
import static dev.weir.proxy.conformance.Deviation.differsIn;

import java.util.List;

/**
 * Every request that Weir answers otherwise on purpose: which, under what words
 * docs/compatibility.md explains it, and what Weir answers instead.
 */
final class Deviations {

  static final List<Deviation> ALL =
      List.of(
          // Parts of the stock server that Weir leaves out.
          answers("^\\w+ /(match|navigate|mvt|route-pt|isochrone-pt)", "501", 501, "not offer"),
          // It has a page of its own.
          answers("^\\w+ /maps", "playground", 200, "Weir"),
          answers("^\\w+ /(\\?x=y)?$", "`/maps/`", 404, ""),
          // A timeout is told apart from places that are not connected.
          answers("^GET .*[?&]timeout_ms=(0|-1)$", "`timeout_ms`", 503, "deadline"),
          answers("^POST .*\"timeout_ms\":0}", "`timeout_ms`", 504, "deadline"),
          // One request may not ask for the whole machine.
          answers("max_paths=6$", "caps", 400, "6 alternatives are too many, at most 5"),
          answers("round_trip.distance=600000$", "caps", 400, "km is too long"),
          answers("_limit=(7201|200001)$", "caps", 400, "allowed for profile 'car'"),
          // The stock server fails where the request is at fault.
          answers(
              "\"(details|headings|curbsides|point_hints)\":(null|\\[null)",
              "`null`",
              400,
              "Unable to process JSON"),
          answers("&heading=$", "`heading=`", 404, "Not Found"),
          answers("^GET /nearest(\\?point=?)?$", "`/nearest` without", 400, "must not be null"),
          answers("^GET /isochrone.*time_limit=-1$", "negative", 400, "within the limit"),
          answers("^GET /spt\\?profile=nope.* text/csv", "`/spt`", 400, "does not exist"),
          answers(
              "^POST .*} \\| Content-Encoding: gzip$", "not gzip", 400, "Unable to process JSON"),
          // The stock server answers with a page of HTML, with XML that is none or a stack trace.
          answers("Content-Type: (garbage)? \\|", "media type", 415, "Unsupported Media Type"),
          answers("^GET /(/|route/)/", "empty segment", 404, "Not Found"),
          answers("trackname=A%20%26%20B", "escaped", 200, "<name>A &amp; B</name>"),
          answers("trackname=%3Cb%3E", "escaped", 200, "<name>&lt;b&gt;</name>"),
          answers("nope \\| Accept: application/xml", "stack trace", 400, "{\"message\":"),
          // A tolerance that is no length.
          answers("&tolerance=(-1|NaN|Infinity)$", "`tolerance`", 400, "length in meters"),
          // The type of a fixed text is always that of a text.
          differsIn(
              "^GET /health(\\?| \\| Accept: (application|text/html))",
              "`text/plain`",
              "^header content-type:"),
          differsIn(
              "^OPTIONS /route \\| Accept: ",
              "`text/plain`",
              "^(header (content-type|access-control-allow-headers)|body):"),
          // Web pages may send headers of ours.
          differsIn(
              "^OPTIONS /(route|isochrone|spt|nearest|info|health|i18n)(?!.*\\| Accept: )",
              "`Access-Control-Allow-Headers`",
              "^header access-control-allow-headers:"));

  private Deviations() {}

  static List<Deviation> of(Probe probe) {
    return ALL.stream().filter(deviation -> deviation.appliesTo(probe)).toList();
  }
}
