/** The TrainsOS kernel as a value-driven model: no engine, no threads. */
@NullMarked
package dev.roundhouse.kernel;

import org.jspecify.annotations.NullMarked;
