/**
 * The same programs on the kernel model and in a booted kernel: what they do, and the first
 * difference.
 */
@NullMarked
package dev.roundhouse.emulator.compare;

import org.jspecify.annotations.NullMarked;
