/** What a board is, whichever chip is on it. */
@NullMarked
package dev.roundhouse.devices.board;

import org.jspecify.annotations.NullMarked;
