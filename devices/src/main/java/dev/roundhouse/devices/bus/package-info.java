/** Guest-physical addresses: memory behind {@code PhysicalMemory}, devices behind {@code Bus}. */
@NullMarked
package dev.roundhouse.devices.bus;

import org.jspecify.annotations.NullMarked;
