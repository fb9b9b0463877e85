@NullMarked
package dev.weir.chaos.fault;

import org.jspecify.annotations.NullMarked;
