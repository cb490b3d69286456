package dev.roundhouse.kernel.report;

/** What a violation does to a run. */
public enum Strictness {
  /** The run goes on as on the real kernel. */
  TOLERANT,
  /** The first violation ends the run. */
  STRICT
}
