@NullMarked
package dev.weir.chaos.report;

import org.jspecify.annotations.NullMarked;
