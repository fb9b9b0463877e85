/** What watches Weir, as far as it is kept here: rules, alerts, the dashboard. */
@NullMarked
package dev.weir.proxy.monitoring;

import org.jspecify.annotations.NullMarked;
