@NullMarked
package dev.weir.proxy.brownout;

import org.jspecify.annotations.NullMarked;
