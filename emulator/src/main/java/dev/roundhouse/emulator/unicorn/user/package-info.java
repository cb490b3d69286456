/** The processor of {@code run}: programs at EL0, all else in Java. */
@NullMarked
package dev.roundhouse.emulator.unicorn.user;

import org.jspecify.annotations.NullMarked;
