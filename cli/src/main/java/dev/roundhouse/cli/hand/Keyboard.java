package dev.roundhouse.cli.hand;

import java.util.Optional;

/**
 * Makes lines and single keys of what comes in, byte by byte: from a terminal in raw mode or a
 * pipe.
 */
public final class Keyboard {
  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;
  private static final int BACKSPACE = 8;
  private static final int NEW_LINE = 10;
  private static final int RETURN = 13;
  private static final int CTRL_U = 21;
  private static final int ESCAPE = 27;
  private static final int DELETE = 127;

  /** Longer lines are refused; what comes behind is not kept. */
  private static final int LONGEST = 5000;

  private final Kind kind;
  private final StringBuilder line = new StringBuilder();

  /** Where bytes come from. */
  public enum Kind {
    /** Keys, of which some act at once. */
    TERMINAL,
    /** All are text. */
    PIPE
  }

  /** What a person wants. */
  public sealed interface Wish {
    /** A whole line. */
    record Line(String text) implements Wish {}

    /** Everything stops, now. */
    record EmergencyStop() implements Wish {}

    /** Everything stops, and no more is wanted. */
    record End() implements Wish {}

    /** No more is wanted, once all is sent. */
    record NoMore() implements Wish {}
  }

  /** A keyboard with nothing typed. */
  public Keyboard(Kind kind) {
    this.kind = kind;
  }

  /** What has been typed of a line. */
  public String typed() {
    return line.toString();
  }

  /** The rest of a pipe whose last line has no end. */
  public Optional<Wish> ended() {
    return line.isEmpty() ? Optional.empty() : Optional.of(takeLine());
  }

  /** Takes a byte. */
  public Optional<Wish> take(int value) {
    if (value == NEW_LINE || value == RETURN) {
      return Optional.of(takeLine());
    }
    return kind == Kind.TERMINAL ? key(value) : append(value);
  }

  private Optional<Wish> key(int value) {
    switch (value) {
      case ESCAPE -> {
        line.setLength(0);
        return Optional.of(new Wish.EmergencyStop());
      }
      case CTRL_C -> {
        return Optional.of(new Wish.End());
      }
      case CTRL_D -> {
        return Optional.of(new Wish.NoMore());
      }
      case BACKSPACE, DELETE -> line.setLength(Math.max(line.length() - 1, 0));
      case CTRL_U -> line.setLength(0);
      default -> {
        return append(value);
      }
    }
    return Optional.empty();
  }

  private Optional<Wish> append(int value) {
    boolean isText = value >= ' ' && value < DELETE;
    if (line.length() < LONGEST && (isText || kind == Kind.PIPE)) {
      line.append((char) value);
    }
    return Optional.empty();
  }

  private Wish takeLine() {
    String text = line.toString();
    line.setLength(0);
    return new Wish.Line(text);
  }
}
