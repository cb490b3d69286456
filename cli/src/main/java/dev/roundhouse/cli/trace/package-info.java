/** {@code trace} and its commands. */
@NullMarked
package dev.roundhouse.cli.trace;

import org.jspecify.annotations.NullMarked;
