/** A run as the command line sets it up: programs, lines, engine, and what is said of its end. */
@NullMarked
package dev.roundhouse.cli.session;

import org.jspecify.annotations.NullMarked;
