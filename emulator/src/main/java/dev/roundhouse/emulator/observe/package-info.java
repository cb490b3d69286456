/** What people see of a run: fault reports, violations with symbols, the trace as a file. */
@NullMarked
package dev.roundhouse.emulator.observe;

import org.jspecify.annotations.NullMarked;
