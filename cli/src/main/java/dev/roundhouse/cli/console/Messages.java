package dev.roundhouse.cli.console;

import dev.roundhouse.devices.text.Printable;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/** What the command itself says, on stderr. Any thread may use it. */
public final class Messages {
  /** How a message looks on a terminal with colours. */
  public enum Tone {
    /** The terminal's own colour. */
    PLAIN("0"),
    /** Something to look at: yellow. */
    WARNING("33"),
    /** The reason of a failure: red. */
    ERROR("31"),
    /** Less important than the rest: faint. */
    ASIDE("2");

    private final String parameter;

    Tone(String parameter) {
      this.parameter = parameter;
    }
  }

  /** Whether messages are coloured. */
  public enum Colours {
    ON,
    OFF
  }

  private static final char ESCAPE = '\u001b';

  private final PrintStream stderr;
  private final Colours colours;
  private volatile BooleanSupplier isRaw = () -> false;
  private volatile BooleanSupplier leavesLineOpen = () -> false;

  /** Messages on a stream. */
  public Messages(PrintStream stderr, Colours colours) {
    this.stderr = stderr;
    this.colours = colours;
  }

  /** From now on lines end in CR and LF whenever the terminal is in raw mode. */
  public void watchRawMode(BooleanSupplier newIsRaw) {
    isRaw = newIsRaw;
  }

  /**
   * From now on messages begin on a fresh line: {@code supplier} says whether others have left one
   * open on the terminal, and from then on it is not open any more.
   */
  public void watchOpenLine(BooleanSupplier supplier) {
    leavesLineOpen = supplier;
  }

  /** Shows text of one or more lines, after the command's name. */
  public void say(Tone tone, String text) {
    show(tone, "roundhouse: " + text);
  }

  /** Shows text of one or more lines as it is. */
  public void show(Tone tone, String text) {
    String end = isRaw.getAsBoolean() ? "\r\n" : "\n";
    StringBuilder all = new StringBuilder(leavesLineOpen.getAsBoolean() ? end : "");
    boolean isColoured = colours == Colours.ON && tone != Tone.PLAIN;
    if (isColoured) {
      all.append(ESCAPE).append('[').append(tone.parameter).append('m');
    }
    // Names come from files and programs.
    all.append(Printable.lines(text).replace("\n", end));
    if (isColoured) {
      all.append(ESCAPE).append("[0m");
    }
    all.append(end);
    stderr.print(all);
    stderr.flush();
  }
}
