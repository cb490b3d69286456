package dev.roundhouse.kernel.loader;

/**
 * A symbol of a program.
 *
 * @param name as in the file, cut if it is very long
 * @param address before the load bias is added
 * @param size bytes, 0 if the file does not say
 */
public record Symbol(String name, long address, long size) {}
