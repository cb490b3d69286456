package dev.roundhouse.devices.train.event;

/**
 * A train that cannot go on by itself: it collided, derailed, ran off an end or stalls.
 *
 * @param nanos virtual time
 * @param text what happened, for people
 */
public record Accident(long nanos, String text) {}
