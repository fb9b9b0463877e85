/** Makes up a city: a map as large as a real one, plainly labelled as synthetic. */
@NullMarked
package dev.weir.benchmarks.city;

import org.jspecify.annotations.NullMarked;
