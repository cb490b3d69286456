package dev.roundhouse.emulator.guard;

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
  STRAYS,
  /**
   * Each write, for what pages cannot tell: to code that shares its page with data, and of a stack
   * that has stepped over what is closed below it. It takes about 20 times the time. With no other
   * guard it stands for all.
   */
  WRITES;

  /** How users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The guard with this word. */
  public static Optional<Guard> named(String word) {
    return Arrays.stream(values()).filter(guard -> guard.word().equals(word)).findFirst();
  }
}
