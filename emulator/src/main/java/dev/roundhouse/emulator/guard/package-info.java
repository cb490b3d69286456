/**
 * What loads and stores of tasks tell between kernel entries: how far their stacks reach, and
 * writes to where they have nothing to write, by page protection and by looking at each store.
 */
@NullMarked
package dev.roundhouse.emulator.guard;

import org.jspecify.annotations.NullMarked;
