/** The show of the command demo: the bundled train control on a simulated track. */
@NullMarked
package dev.roundhouse.cli.demo;

import org.jspecify.annotations.NullMarked;
