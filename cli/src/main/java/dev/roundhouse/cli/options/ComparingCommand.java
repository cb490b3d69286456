package dev.roundhouse.cli.options;

/**
 * A command whose exit code 1 is an answer, as that of diff(1) is; where other commands end with 1,
 * because of an internal error, it ends with {@link #MALFUNCTION}.
 */
public interface ComparingCommand {
  /** EX_SOFTWARE of sysexits.h. */
  int MALFUNCTION = 70;

  /** What 1 says, for help texts. */
  String meaningOfOne();
}
