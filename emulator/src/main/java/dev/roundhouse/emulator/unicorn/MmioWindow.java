package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.emulator.cpu.MmioPort;

/** Device addresses {@code start} to {@code start + bytes}, whose accesses go to {@code port}. */
public record MmioWindow(long start, long bytes, MmioPort port) {}
