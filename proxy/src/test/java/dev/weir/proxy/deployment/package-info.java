/** What Weir is deployed with: the chart, the unit of systemd, and the flags of all of them. */
@NullMarked
package dev.weir.proxy.deployment;

import org.jspecify.annotations.NullMarked;
