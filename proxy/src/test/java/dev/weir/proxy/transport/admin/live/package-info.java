/** Tests of what lies behind the admin port. */
@NullMarked
package dev.weir.proxy.transport.admin.live;

import org.jspecify.annotations.NullMarked;
