package dev.roundhouse.kernel.abi;

/**
 * A task that the kernel makes before anything runs.
 *
 * @param program what it loads
 * @param priority at which priority it runs
 */
public record BootTask(String program, int priority) {}
