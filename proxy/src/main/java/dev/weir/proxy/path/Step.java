package dev.weir.proxy.path;

/** What may be left out of an answer so that it can be given at all, least painful first. */
public enum Step {
  /** One path where several were asked for. */
  ALTERNATIVES("alternatives"),
  /** No turn instructions, no path details. */
  OUTPUT("output"),
  /** A prepared search of the same profile where a flexible one was asked for: the same route. */
  SEARCH("search"),
  /** An isochrone with coarser borders. */
  COARSE("coarse"),
  /** Distance and duration from straight lines, for callers who said that they can do with that. */
  ESTIMATE("estimate");

  private final String code;

  Step(String code) {
    this.code = code;
  }

  /** Its name in answers, settings, metrics and logs. */
  public String code() {
    return code;
  }
}
