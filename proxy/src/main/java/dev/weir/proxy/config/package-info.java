/** What an operator can set: records, validated when they are made, and the reader of weir.yaml. */
@NullMarked
package dev.weir.proxy.config;

import org.jspecify.annotations.NullMarked;
