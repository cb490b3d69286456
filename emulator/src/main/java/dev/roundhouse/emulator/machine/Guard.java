package dev.roundhouse.emulator.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is watched of a guest's writes, when somebody asks for it: each first one is told. */
public enum Guard {
  /** Writes of a task below its own stack. */
  STACKS,
  /** Writes to code. */
  CODE,
  /** Writes to any other task's stack, which takes each change of tasks twice the time. */
  STRAYS;

  /** How users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The guard with this word. */
  public static Optional<Guard> named(String word) {
    return Arrays.stream(values()).filter(guard -> guard.word().equals(word)).findFirst();
  }
}
