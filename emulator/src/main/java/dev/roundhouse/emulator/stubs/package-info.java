/** Functions that make system calls, executed and held against an ABI profile. */
@NullMarked
package dev.roundhouse.emulator.stubs;

import org.jspecify.annotations.NullMarked;
