package dev.roundhouse.devices.train.event;

/**
 * A train that cannot go on by itself: it collided, derailed, ran off an end or stalls.
 *
 * @param nanos virtual time
 * @param event what happened
 * @param text the same for people
 */
public record Accident(long nanos, TrainEvent event, String text) {}
