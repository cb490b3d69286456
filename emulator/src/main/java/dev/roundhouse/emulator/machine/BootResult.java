package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.cpu.CoreState;

/**
 * How the run of a booted kernel went.
 *
 * @param end why it is over
 * @param at the virtual time of the end
 * @param instructions that were executed since the last boot
 * @param core the registers at the end
 */
public record BootResult(BootEnd end, VirtualTime at, long instructions, CoreState core) {}
