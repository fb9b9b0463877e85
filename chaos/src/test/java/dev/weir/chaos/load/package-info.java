@NullMarked
package dev.weir.chaos.load;

import org.jspecify.annotations.NullMarked;
