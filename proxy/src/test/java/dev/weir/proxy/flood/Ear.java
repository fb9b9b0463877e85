package dev.weir.proxy.flood;

import dev.weir.proxy.flood.Script.Manner;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Holds what one connection hears against what was asked on it: each answer belongs to the oldest
 * request that has none. Confined to one thread.
 */
final class Ear {

  private final String name;
  private final Manner manner;
  private final Tally tally;
  private final AnswerParser parser = new AnswerParser();
  private final ArrayDeque<Ask> awaited = new ArrayDeque<>();
  private boolean told;

  Ear(String name, Manner manner, Tally tally) {
    this.name = name;
    this.manner = manner;
    this.tally = tally;
  }

  /** Whether the server has said that the last answer was the last one. */
  boolean told() {
    return told;
  }

  int waitsFor() {
    return awaited.size();
  }

  void expect(Ask ask) {
    awaited.add(ask);
    if (ask.sort().forWorkers()) {
      tally.count(Tally.What.SENT_TO_WORKERS);
    }
  }

  void hear(ByteBuffer bytes) throws AnswerParser.Garbled {
    parser.feed(bytes);
    for (Heard heard = parser.next(); heard != null; heard = parser.next()) {
      tally.count("status " + heard.status());
      if (told) {
        complain("heard more after the last answer");
      }
      told |= heard.last();
      Ask ask = awaited.poll();
      if (ask == null) {
        unasked(heard);
      } else {
        answered(ask, heard);
      }
    }
  }

  private void answered(Ask ask, Heard heard) {
    String complaint = AnswerCheck.complaint(ask, heard);
    if (complaint != null) {
      complain(complaint);
    }
    if (ask.sort().forWorkers()) {
      tally.count(Tally.What.ANSWERED_FOR_WORKERS);
    }
    String reason = AnswerCheck.reason(heard);
    if (!reason.isEmpty()) {
      tally.count(Tally.What.REFUSED);
      tally.count("reason " + reason);
    }
  }

  /** Only who sent what was no request may hear what answers none, and then no more than that. */
  private void unasked(Heard heard) {
    boolean allowed =
        switch (manner) {
          case POLITE, LENIENT, SLOW, DEAF -> false;
          case GARBLING -> heard.status() >= 400 && heard.status() != 500;
          case HALF, RUDE ->
              heard.status() == 408 || heard.status() == 400 || heard.status() == 503;
        };
    if (!allowed) {
      complain("heard what it did not ask for: " + heard.status() + " " + heard.text());
    }
  }

  /** The server has closed the connection. */
  void closed(String how) {
    awaited.forEach(ask -> tally.count(Tally.What.CLOSED_UNANSWERED));
    boolean cutShort = !awaited.isEmpty() || !parser.between();
    boolean unforeseen = manner == Manner.POLITE && (cutShort || !told);
    boolean torn = manner == Manner.LENIENT && !parser.between();
    if (unforeseen || torn) {
      complain(how + " with " + awaited.size() + " unanswered, told: " + told);
    }
  }

  void complain(String complaint) {
    tally.complain(name + ": " + complaint);
  }
}
