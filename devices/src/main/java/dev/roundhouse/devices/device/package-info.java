/** What every device of a board is made with: shared services, and FIFOs. */
@NullMarked
package dev.roundhouse.devices.device;

import org.jspecify.annotations.NullMarked;
