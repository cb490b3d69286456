package dev.roundhouse.kernel.loader;

/**
 * Something that is wrong with a program file.
 *
 * @param what what is wrong
 * @param where where in the file
 * @param advice what to do about it
 */
public record ElfProblem(String what, String where, String advice) {
  /** The problem in one line. */
  public String text() {
    return "%s (%s); %s".formatted(what, where, advice);
  }
}
