package dev.roundhouse.cli.report;

/** How a case went. */
public sealed interface TestOutcome {
  /** All is as expected. */
  record Passed() implements TestOutcome {}

  /**
   * Something is not as expected.
   *
   * @param message what, in one line
   * @param details more of it, of any number of lines; may be empty
   */
  record Failed(String message, String details) implements TestOutcome {}

  /**
   * The case could not be carried out, so it says nothing about what it is to test.
   *
   * @param message why, in one line
   * @param details more of it, of any number of lines; may be empty
   */
  record Broken(String message, String details) implements TestOutcome {}

  /**
   * The case was left out.
   *
   * @param reason in one line
   */
  record Skipped(String reason) implements TestOutcome {}
}
