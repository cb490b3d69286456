package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.trace.TraceEvent;

/**
 * An event and when it was.
 *
 * @param nanos virtual time in nanoseconds
 */
public record Stamped(long nanos, TraceEvent event) {}
