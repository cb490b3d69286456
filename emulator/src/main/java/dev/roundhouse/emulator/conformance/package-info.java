/**
 * The conformance suite: what the kernel does, case by case. A case is a small system of scripts
 * and what must be seen of it, written down by hand from the kernel's source or from the course's
 * specification. Cases run on the kernel model alone and through an engine, and both must show the
 * same.
 *
 * <p>{@link dev.roundhouse.emulator.conformance.ConformanceSuite} has all cases; a {@link
 * dev.roundhouse.emulator.conformance.CaseRunner} runs one of them.
 */
@NullMarked
package dev.roundhouse.emulator.conformance;

import org.jspecify.annotations.NullMarked;
