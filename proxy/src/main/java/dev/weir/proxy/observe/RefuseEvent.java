package dev.weir.proxy.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;
import jdk.jfr.Timespan;

/** A request was refused, before or after it was let in, in a flight recording. */
@Name("dev.weir.Refuse")
@Label("Refuse")
@Description("A request was refused")
@Category("Weir")
@StackTrace(false)
@Throttle("1000/s")
final class RefuseEvent extends Event {

  @Label("Request")
  String request = "";

  @Label("Trace")
  String trace = "";

  @Label("Resource")
  String resource = "";

  @Label("Reason")
  String reason = "";

  @Label("Status")
  @Description("HTTP status, by gRPC the one that goes with how it ended")
  int status;

  @Label("Took")
  @Description("From the end of its head to the answer")
  @Timespan(Timespan.NANOSECONDS)
  long took;
}
