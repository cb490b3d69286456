/** The {@code roundhouse} command: one class per command, no logic. */
@NullMarked
package dev.roundhouse.cli;

import org.jspecify.annotations.NullMarked;
