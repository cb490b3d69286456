package dev.roundhouse.emulator.tasks;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A task as it is now.
 *
 * @param program what it was made of, as far as it is known
 * @param priority as its kernel counts it, as far as it is known
 */
public record TaskInfo(
    int tid, Optional<String> program, TaskStatus status, OptionalInt priority) {}
