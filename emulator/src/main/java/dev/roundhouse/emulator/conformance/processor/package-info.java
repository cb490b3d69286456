/**
 * A processor for scripts: it interprets the few instructions that scripts are compiled to, so that
 * they run in a whole machine without an engine library.
 */
@NullMarked
package dev.roundhouse.emulator.conformance.processor;

import org.jspecify.annotations.NullMarked;
