/** What must hold while far more is asked than can be done, by callers of every manner. */
@NullMarked
package dev.weir.proxy.flood;

import org.jspecify.annotations.NullMarked;
