package dev.roundhouse.emulator.hostos;

/** How much a terminal shows, in characters. */
public record TerminalSize(int columns, int rows) {}
