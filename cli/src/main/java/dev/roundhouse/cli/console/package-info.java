/** How the command talks to its user: exit codes, one-line errors, messages on stderr. */
@NullMarked
package dev.roundhouse.cli.console;

import org.jspecify.annotations.NullMarked;
