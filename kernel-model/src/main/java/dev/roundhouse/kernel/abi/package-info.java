/** The kernel's interface to programs: system calls, their numbers, limits, times and layouts. */
@NullMarked
package dev.roundhouse.kernel.abi;

import org.jspecify.annotations.NullMarked;
