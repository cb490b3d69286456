/** What every device of a board is made with: shared services, and FIFOs. */
@NullMarked
package dev.roundhouse.devices.board;

import org.jspecify.annotations.NullMarked;
