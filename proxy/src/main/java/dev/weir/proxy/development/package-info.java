/** Certificates for development, made by the tools of Java. */
@NullMarked
package dev.weir.proxy.development;

import org.jspecify.annotations.NullMarked;
