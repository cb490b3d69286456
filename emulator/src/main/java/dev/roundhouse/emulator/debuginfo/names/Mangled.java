package dev.roundhouse.emulator.debuginfo.names;

/**
 * A mangled name that is read from its start to its end. It is not trusted: how deep it nests, how
 * much is read of it and how long its name becomes are limited.
 */
final class Mangled {
  private static final int DEEPEST = 100;
  private static final int MOST_STEPS = 20_000;
  private static final int MOST_CHARACTERS = 4096;

  final StringBuilder out = new StringBuilder();
  int at;

  private final String text;
  private int depth;
  private int steps;

  /** A name is not what it began as. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("no mangled name", null, false, false);
    }
  }

  Mangled(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** The next character without reading it; 0 at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** The next character. */
  char next() throws Malformed {
    check(at < text.length() && ++steps < MOST_STEPS);
    return text.charAt(at++);
  }

  /** Reads a character if it comes next. */
  boolean takes(char expected) {
    boolean isNext = peek() == expected;
    at += isNext ? 1 : 0;
    return isNext;
  }

  /** Reads some text if it comes next. */
  boolean takes(String expected) {
    boolean isNext = text.startsWith(expected, at);
    at += isNext ? expected.length() : 0;
    return isNext;
  }

  /** So many characters. */
  String take(int length) throws Malformed {
    check(length >= 0 && length <= text.length() - at);
    at += length;
    return text.substring(at - length, at);
  }

  /** A decimal number of at most four digits. */
  int number() throws Malformed {
    int start = at;
    while (Character.isDigit(peek())) {
      at++;
    }
    check(at > start && at - start <= 4);
    return Integer.parseInt(text, start, at, 10);
  }

  /** Adds to the name. */
  void say(String more) throws Malformed {
    check(out.length() + more.length() <= MOST_CHARACTERS);
    out.append(more);
  }

  /** Goes one level deeper. */
  void enter() throws Malformed {
    check(++depth <= DEEPEST && ++steps < MOST_STEPS);
  }

  /** Comes back up. */
  void leave() {
    depth--;
  }

  private static void check(boolean holds) throws Malformed {
    if (!holds) {
      throw new Malformed();
    }
  }
}
