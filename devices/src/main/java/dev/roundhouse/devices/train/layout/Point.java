package dev.roundhouse.devices.train.layout;

/** Where a node is drawn; y points down. Schematic, in no unit. */
public record Point(double x, double y) {}
