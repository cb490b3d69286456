package dev.roundhouse.kernel.loader;

/** A program file cannot be loaded; stays inside the parser. */
final class ElfFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ElfProblem problem;

  ElfFormatException(String what, String where, String advice) {
    super(what);
    this.problem = new ElfProblem(what, where, advice);
  }

  ElfProblem problem() {
    return problem;
  }
}
