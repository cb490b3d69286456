/**
 * The door to the host's C library: memory that is reserved but not touched, executable pages,
 * terminals and pseudo-terminals, who can change a file. Nothing else in the project calls the C
 * library.
 */
@NullMarked
package dev.roundhouse.emulator.platform;

import org.jspecify.annotations.NullMarked;
