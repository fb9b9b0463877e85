package dev.weir.proxy.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/** A call was computed, in a flight recording. */
@Name("dev.weir.Compute")
@Label("Compute")
@Description("A call was computed and its answer encoded, on a worker")
@Category("Weir")
@StackTrace(false)
@Threshold("1 ms")
final class ComputeEvent extends Event {

  @Label("Request")
  String request = "";

  @Label("Trace")
  String trace = "";

  @Label("Kind")
  String kind = "";

  @Label("Priority")
  String priority = "";

  @Label("Outcome")
  String outcome = "";

  @Label("Estimate")
  @Description("CPU time that it was expected to cost")
  @Timespan(Timespan.NANOSECONDS)
  long estimate;
}
