/**
 * The conformance suite: the cases of package {@code cases} are run, and what is seen of them is
 * held against what must be seen. They are systems of scripts (package {@code script}), which run
 * as machine code in a whole machine, on an engine library and on a processor that interprets just
 * their instructions (package {@code processor}); both must show the same. What must hold of every
 * run is in package {@code oracle}.
 *
 * <p>A {@link dev.roundhouse.emulator.conformance.CaseRunner} runs a case.
 */
@NullMarked
package dev.roundhouse.emulator.conformance;

import org.jspecify.annotations.NullMarked;
