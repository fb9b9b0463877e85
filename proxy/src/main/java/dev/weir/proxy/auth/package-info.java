/** Step 3: whose a call is, and what it may claim. */
@NullMarked
package dev.weir.proxy.auth;

import org.jspecify.annotations.NullMarked;
