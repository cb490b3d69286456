/** A hand controller: what a person types to drive trains, and what a box is sent for it. */
@NullMarked
package dev.roundhouse.cli.hand;

import org.jspecify.annotations.NullMarked;
