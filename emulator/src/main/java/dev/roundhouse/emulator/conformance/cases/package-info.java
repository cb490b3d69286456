/**
 * The conformance cases: what the kernel does, in small systems of scripts with what must be seen
 * of each, written down by hand from the kernel's source or from the course's specification.
 *
 * <p>{@link dev.roundhouse.emulator.conformance.cases.ConformanceSuite} has all of them.
 */
@NullMarked
package dev.roundhouse.emulator.conformance.cases;

import org.jspecify.annotations.NullMarked;
