@NullMarked
package dev.weir.proxy.transport.grpc;

import org.jspecify.annotations.NullMarked;
