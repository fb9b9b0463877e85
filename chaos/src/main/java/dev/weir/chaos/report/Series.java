package dev.weir.chaos.report;

/** What is read off the server while a trial lasts. */
public enum Series {
  PERMITS("permits"),
  IN_FLIGHT("being computed"),
  WAITING("waiting"),
  EFFECTIVE_PROCESSORS("effective processors"),
  ADMITTED_PART("admitted part"),
  WORKERS_LOST("workers lost"),
  CONNECTIONS("open connections"),
  RESIDENT_MEBIBYTES("resident memory, MiB");

  private final String words;

  Series(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
