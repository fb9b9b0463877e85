/**
 * What is told of the contract, held to what a server does and to the tools of those who read it.
 */
@NullMarked
package dev.weir.proxy.published;

import org.jspecify.annotations.NullMarked;
