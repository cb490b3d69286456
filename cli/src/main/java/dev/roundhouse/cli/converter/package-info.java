/** How the words of options become values, or one line that says what they must be. */
@NullMarked
package dev.roundhouse.cli.converter;

import org.jspecify.annotations.NullMarked;
