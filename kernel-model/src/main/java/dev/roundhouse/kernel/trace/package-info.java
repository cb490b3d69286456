/** What the kernel reports to the trace. */
@NullMarked
package dev.roundhouse.kernel.trace;

import org.jspecify.annotations.NullMarked;
