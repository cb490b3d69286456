package dev.roundhouse.emulator.cpu;

import dev.roundhouse.kernel.report.Fault.Access;

/**
 * A load or store of guest code at an address that is not RAM.
 *
 * @param address physical, of the first byte
 * @param direction read or write
 */
public record DeviceAccess(long address, Access direction) {}
