/** Tables of structures, for people. */
@NullMarked
package dev.roundhouse.cli.layout;

import org.jspecify.annotations.NullMarked;
