/**
 * Unicorn 2 bound by the Foreign Function and Memory API. Only this package and those in it know
 * the engine; none is exported.
 */
@NullMarked
package dev.roundhouse.emulator.unicorn;

import org.jspecify.annotations.NullMarked;
