package dev.roundhouse.devices.train.layout;

/**
 * A place on the track in one direction.
 *
 * @param index in its layout
 * @param name such as {@code C13} or {@code BR5}
 */
public record Node(int index, String name, Role role) {}
