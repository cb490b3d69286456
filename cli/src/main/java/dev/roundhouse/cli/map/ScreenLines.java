package dev.roundhouse.cli.map;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.process.ScreenSize;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines on a screen, so that only those are written again that change: no flicker. A line is
 * cleared before it is written: behind a full one, xterm would clear its last character. The
 * control sequences are those of ECMA-48, and xterm's synchronized output, which other terminals
 * ignore.
 */
final class ScreenLines {
  private static final String BEGIN = "\u001b[?2026h";
  private static final String END = "\u001b[?2026l";
  private static final String CLEAR = "\u001b[2J";
  private static final String CLEAR_LINE = "\u001b[K";

  private final ScreenSize size;
  private final List<String> shown = new ArrayList<>();
  private boolean isClear;

  ScreenLines(ScreenSize size) {
    this.size = size;
  }

  ScreenSize size() {
    return size;
  }

  /** A line without control characters, cut to so many columns. */
  static String fitting(String line, int columns) {
    String printable = Printable.line(line);
    return printable.length() <= columns ? printable : printable.substring(0, columns);
  }

  /** What to write so that these lines are shown. */
  String change(List<String> wanted) {
    StringBuilder text = new StringBuilder(BEGIN);
    if (!isClear) {
      isClear = true;
      text.append(CLEAR);
    }
    int rows = Math.min(size.rows(), Math.max(wanted.size(), shown.size()));
    for (int row = 0; row < rows; row++) {
      String line = row < wanted.size() ? wanted.get(row) : "";
      String before = row < shown.size() ? shown.get(row) : "";
      if (!line.equals(before)) {
        text.append("\u001b[").append(row + 1).append(";1H").append(CLEAR_LINE).append(line);
      }
    }
    shown.clear();
    shown.addAll(wanted);
    return text.append(END).toString();
  }
}
