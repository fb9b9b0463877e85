/**
 * The contract {@code weir.v1} told to those who call it by REST: an OpenAPI document made of its
 * descriptors, rules and comments, and a page made of that document.
 */
@NullMarked
package dev.weir.proxy.transport.contract.openapi;

import org.jspecify.annotations.NullMarked;
