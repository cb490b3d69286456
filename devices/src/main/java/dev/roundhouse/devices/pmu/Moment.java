package dev.roundhouse.devices.pmu;

/**
 * How far a core has come.
 *
 * @param nanos virtual time
 * @param instructions executed since the machine was started
 */
public record Moment(long nanos, long instructions) {}
