package dev.roundhouse.devices.device;

import dev.roundhouse.devices.time.AgendaPart;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;

/**
 * What every device of a board shares.
 *
 * @param clock the machine's time, read only
 * @param agenda what falls due for it, until it is reset
 * @param trace where events go
 * @param warnings what the user must see
 */
public record BoardServices(
    VirtualClock clock, AgendaPart agenda, TraceSink trace, Warnings warnings) {}
