package dev.roundhouse.emulator.cpu;

/** Device addresses {@code start} to {@code start + bytes}, whose accesses go to {@code port}. */
public record MmioWindow(long start, long bytes, MmioPort port) {}
