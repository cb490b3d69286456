/** What the kernel tells about a run: violations of its contract, faults, how the run ended. */
@NullMarked
package dev.roundhouse.kernel.report;

import org.jspecify.annotations.NullMarked;
