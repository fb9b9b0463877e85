/**
 * Whatever callers can write, read by what reads it here: with Jazzer for as long as one likes, and
 * in every build with the inputs that are kept. The targets lie beside the tests of what they read.
 */
@NullMarked
package dev.weir.proxy.fuzz;

import org.jspecify.annotations.NullMarked;
