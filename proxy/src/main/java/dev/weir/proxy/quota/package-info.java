/** What each tenant may ask for by the second and by the day, as this server alone sees it. */
@NullMarked
package dev.weir.proxy.quota;

import org.jspecify.annotations.NullMarked;
