package dev.weir.proxy.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A call waited for a worker, in a flight recording. */
@Name("dev.weir.Queue")
@Label("Queue")
@Description("An admitted call waited for a worker")
@Category("Weir")
@StackTrace(false)
@Threshold("1 ms")
final class QueueEvent extends Event {

  @Label("Request")
  String request = "";

  @Label("Trace")
  String trace = "";

  @Label("Kind")
  String kind = "";

  @Label("Priority")
  String priority = "";

  @Label("Outcome")
  @Description("How the call ended; empty if it reached a worker")
  String outcome = "";
}
