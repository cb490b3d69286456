package dev.roundhouse.emulator.conformance.oracle;

/** Something that must hold of every run does not: the kernel model is wrong. */
public final class BrokenOracleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Something does not hold.
   *
   * @param rule what should hold
   * @param where where it does not
   */
  BrokenOracleException(String rule, Object where) {
    super(rule + ", but not so: " + where);
  }
}
