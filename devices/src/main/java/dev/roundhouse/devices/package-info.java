/** The board as programs and kernels see it: no kernel, no engine, no host clock. */
@NullMarked
package dev.roundhouse.devices;

import org.jspecify.annotations.NullMarked;
