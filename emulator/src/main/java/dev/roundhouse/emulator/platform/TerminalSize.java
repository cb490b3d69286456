package dev.roundhouse.emulator.platform;

/** How much a terminal shows, in characters. */
public record TerminalSize(int columns, int rows) {}
