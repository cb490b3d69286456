package dev.roundhouse.kernel.loader;

import java.util.List;

/** What came of parsing a program file. */
public sealed interface ParseResult {
  /**
   * It can be loaded.
   *
   * @param warnings what the real loader would do differently, or what is missing
   */
  record Accepted(ElfImage image, List<ElfProblem> warnings) implements ParseResult {
    /** Copies the list. */
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /** It cannot be loaded. */
  record Refused(ElfProblem problem) implements ParseResult {}
}
