package dev.roundhouse.emulator.run;

import dev.roundhouse.devices.time.VirtualTime;

/**
 * How a run went.
 *
 * @param end why it is over
 * @param at the virtual time of the end
 * @param instructions that were executed; by a booted kernel since its last boot
 * @param kernelEntries system calls that tasks made; exceptions of a booted kernel, without
 *     interrupts, since its last boot
 */
public record RunResult(RunEnd end, VirtualTime at, long instructions, long kernelEntries) {}
