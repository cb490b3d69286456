/**
 * What tasks there are, and what they do or wait for: one view with two sources, the kernel model
 * and the boundary of a booted kernel.
 */
@NullMarked
package dev.roundhouse.emulator.tasks;

import org.jspecify.annotations.NullMarked;
