package dev.roundhouse.devices.board;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;

/**
 * What every device of a board shares.
 *
 * @param clock the machine's time, read only
 * @param agenda what falls due
 * @param trace where events go
 * @param warnings what the user must see
 */
public record BoardServices(
    VirtualClock clock, Agenda agenda, TraceSink trace, Warnings warnings) {}
