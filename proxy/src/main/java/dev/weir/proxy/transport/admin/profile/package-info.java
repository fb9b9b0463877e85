/** Looks into the JVM, for operators who ask for one. */
@NullMarked
package dev.weir.proxy.transport.admin.profile;

import org.jspecify.annotations.NullMarked;
