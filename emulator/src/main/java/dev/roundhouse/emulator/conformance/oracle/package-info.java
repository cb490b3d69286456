/**
 * What must hold of every run of the kernel model, checked while it runs: from its trace alone, so
 * on any machine; from its tasks; and from what it writes to memory.
 */
@NullMarked
package dev.roundhouse.emulator.conformance.oracle;

import org.jspecify.annotations.NullMarked;
