/** A simulated track as a picture of characters, and a terminal that shows it while it runs. */
@NullMarked
package dev.roundhouse.cli.map;

import org.jspecify.annotations.NullMarked;
