@NullMarked
package dev.weir.proxy.observe;

import org.jspecify.annotations.NullMarked;
