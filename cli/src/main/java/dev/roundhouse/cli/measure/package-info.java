/** Recorded lines to train sets: what they say of locomotives, and beside a simulation. */
@NullMarked
package dev.roundhouse.cli.measure;

import org.jspecify.annotations.NullMarked;
