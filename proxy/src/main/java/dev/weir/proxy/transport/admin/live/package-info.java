/** What the live page of the admin port shows, second by second. */
@NullMarked
package dev.weir.proxy.transport.admin.live;

import org.jspecify.annotations.NullMarked;
