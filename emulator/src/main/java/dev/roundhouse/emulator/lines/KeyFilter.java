package dev.roundhouse.emulator.lines;

/**
 * Finds the keys that are meant for the emulator among those that are typed: Ctrl-A, then another
 * key.
 */
final class KeyFilter {
  /** What a key means. */
  sealed interface Meaning {
    /** It is for the program. */
    record ForProgram(int value) implements Meaning {}

    /** The user asks which keys there are. */
    record Help() implements Meaning {}

    /** The user wants to see the tasks. */
    record Tasks() implements Meaning {}

    /** The user wants the run to end. */
    record Stop() implements Meaning {}

    /** It is the first of two, or means nothing. */
    record Nothing() implements Meaning {}
  }

  private static final int CTRL_A = 1;

  private boolean isSecond;

  Meaning typed(int value) {
    if (isSecond) {
      isSecond = false;
      return switch (value) {
        case CTRL_A -> new Meaning.ForProgram(CTRL_A);
        case 'x', 'X' -> new Meaning.Stop();
        case 't', 'T' -> new Meaning.Tasks();
        case 'h', 'H', '?' -> new Meaning.Help();
        default -> new Meaning.Nothing();
      };
    }
    isSecond = value == CTRL_A;
    return isSecond ? new Meaning.Nothing() : new Meaning.ForProgram(value);
  }
}
