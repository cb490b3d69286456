package dev.roundhouse.emulator.conformance.script;

/** What a script puts into an argument register. */
sealed interface Argument {
  /** This value. */
  record Value(long value) implements Argument {}

  /** The address of the script's own data at an offset. */
  record Own(int offset) implements Argument {}

  /** The tid in the script's own data at an offset. */
  record Word(int offset) implements Argument {}
}
