package dev.roundhouse.kernel.board;

import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.devices.bus.DeviceAddresses;
import dev.roundhouse.devices.time.ClockRates;

/**
 * The devices that the kernel drives, as the board has them.
 *
 * @param bus what they are on
 * @param addresses where they are on it
 * @param rates how fast they are clocked
 */
public record DrivenDevices(Bus bus, DeviceAddresses addresses, ClockRates rates) {}
