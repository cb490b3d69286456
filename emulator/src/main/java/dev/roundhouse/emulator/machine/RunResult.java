package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.time.VirtualTime;

/**
 * How a run went.
 *
 * @param end why it is over
 * @param at the virtual time of the end
 * @param instructions that tasks have executed
 * @param supervisorCalls that tasks have made
 */
public record RunResult(RunEnd end, VirtualTime at, long instructions, long supervisorCalls) {}
