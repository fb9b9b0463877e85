@NullMarked
package dev.weir.chaos.scenario;

import org.jspecify.annotations.NullMarked;
