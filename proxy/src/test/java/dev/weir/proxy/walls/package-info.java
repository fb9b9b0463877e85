/** The walls between packages, checked on the compiled classes. */
@NullMarked
package dev.weir.proxy.walls;

import org.jspecify.annotations.NullMarked;
