package dev.weir.proxy.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;
import jdk.jfr.Timespan;

/** A call was let in, in a flight recording. */
@Name("dev.weir.Admit")
@Label("Admit")
@Description("A call was let in by the gate")
@Category("Weir")
@StackTrace(false)
@Throttle("1000/s")
final class AdmitEvent extends Event {

  @Label("Request")
  String request = "";

  @Label("Trace")
  String trace = "";

  @Label("Kind")
  String kind = "";

  @Label("Tenant")
  String tenant = "";

  @Label("Priority")
  String priority = "";

  @Label("Estimate")
  @Description("CPU time that it is expected to cost")
  @Timespan(Timespan.NANOSECONDS)
  long estimate;

  @Label("High Estimate")
  @Description("CPU time that hardly any of its kind costs more than")
  @Timespan(Timespan.NANOSECONDS)
  long highEstimate;
}
