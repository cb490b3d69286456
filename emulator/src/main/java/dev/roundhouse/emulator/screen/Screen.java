package dev.roundhouse.emulator.screen;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.WCWidth;

/**
 * The screen of a terminal at a serial line. It is larger than most, so that what programs put
 * somewhere is seen there; it answers no questions, and a line feed begins a new line as terminals
 * at a serial line are mostly set to.
 */
public final class Screen {
  static final int COLUMNS = 132;
  static final int ROWS = 50;

  private static final int BLANK = ' ';
  private static final int LAST_NARROW = 0x2ff;

  private final ScreenTerminal terminal = new ScreenTerminal(COLUMNS, ROWS);
  private final ScreenInput input = new ScreenInput();

  /** An empty screen. */
  public Screen() {}

  /** Shows bytes, each of which is a character of the text (ISO 8859-1). */
  public void take(String bytes) {
    terminal.write(input.tamed(bytes));
  }

  /** Its rows from the first on, without blanks at their end and empty rows below. */
  public List<String> rows() {
    long[] cells = new long[COLUMNS * ROWS];
    terminal.dump(cells, new int[2]);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(row(cells, row * COLUMNS));
    }
    while (!rows.isEmpty() && rows.getLast().isEmpty()) {
      rows.removeLast();
    }
    return rows;
  }

  private static String row(long[] cells, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + COLUMNS; i++) {
      int character = ScreenTerminal.cellCodePoint(cells[i]);
      text.appendCodePoint(character < BLANK ? BLANK : character);
      if (character > LAST_NARROW && WCWidth.wcwidth(character) > 1) {
        i++; // It covers the next cell too.
      }
    }
    return text.toString().stripTrailing();
  }
}
