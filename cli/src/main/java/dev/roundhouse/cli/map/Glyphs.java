package dev.roundhouse.cli.map;

import java.util.Locale;
import java.util.Map;

/** The characters of a picture. */
public enum Glyphs {
  /** Braille patterns for rails: eight dots a character. */
  UNICODE('\u2588', '\u2022', '\u25cf', '\u00d7', "\u25ba\u25bc\u25c4\u25b2"),
  /** For terminals without UTF-8 or without such characters. */
  ASCII('#', 'o', '*', 'X', ">v<^");

  private static final int BRAILLE = 0x2800;

  /** From here on a stroke within a cell is steep: rows from its left to its right column. */
  private static final double STEEP = 1.5;

  /** Braille's numbering of the dots: by column, then by row (Unicode 16, chapter 21.1). */
  private static final int[][] BRAILLE_BITS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

  private final char body;
  private final char sensor;
  private final char hit;
  private final char wreck;
  private final String arrows;

  Glyphs(char body, char sensor, char hit, char wreck, String arrows) {
    this.body = body;
    this.sensor = sensor;
    this.hit = hit;
    this.wreck = wreck;
    this.arrows = arrows;
  }

  /** Those that a terminal can be expected to have, by the process's environment (locale(7)). */
  public static Glyphs fitting(Map<String, String> environment) {
    String locale = "";
    for (String name : new String[] {"LANG", "LC_CTYPE", "LC_ALL"}) {
      String value = environment.getOrDefault(name, "");
      locale = value.isEmpty() ? locale : value;
    }
    String encoding = locale.toUpperCase(Locale.ROOT).replace("-", "");
    boolean isConsole = environment.getOrDefault("TERM", "").equals("linux");
    return encoding.contains("UTF8") && !isConsole ? UNICODE : ASCII;
  }

  char body() {
    return body;
  }

  char sensor() {
    return sensor;
  }

  char hit() {
    return hit;
  }

  char wreck() {
    return wreck;
  }

  /** An arrow to the right, down, left or up, as the greater part of a movement goes. */
  char arrow(double dx, double dy) {
    if (Math.abs(dx) >= Math.abs(dy)) {
      return arrows.charAt(dx >= 0 ? 0 : 2);
    }
    return arrows.charAt(dy >= 0 ? 1 : 3);
  }

  /**
   * Rails within a character's cell.
   *
   * @param dots bit {@code 4 * column + row} for each of its two columns and four rows
   */
  char rails(int dots) {
    return this == UNICODE ? braille(dots) : ascii(dots);
  }

  private static char braille(int dots) {
    int pattern = 0;
    for (int column = 0; column < Canvas.DOTS_ACROSS; column++) {
      for (int row = 0; row < Canvas.DOTS_DOWN; row++) {
        if ((dots >>> (Canvas.DOTS_DOWN * column + row) & 1) != 0) {
          pattern |= BRAILLE_BITS[column][row];
        }
      }
    }
    return (char) (BRAILLE + pattern);
  }

  private static char ascii(int dots) {
    int left = dots & 0xf;
    int right = dots >>> Canvas.DOTS_DOWN;
    int most = Math.max(Integer.bitCount(left), Integer.bitCount(right));
    if (Integer.bitCount(dots) > Canvas.DOTS_DOWN + 1) {
      return '+';
    }
    if (left == 0 || right == 0) {
      return most > 1 ? '|' : level(middle(left | right));
    }
    double rise = middle(left) - middle(right);
    if (Math.abs(rise) >= STEEP) {
      return rise > 0 ? '/' : '\\';
    }
    return most > 2 ? '+' : level((middle(left) + middle(right)) / 2);
  }

  /** A level stroke at a height, 0 at the top. */
  private static char level(double row) {
    return row < 0.75 ? '\'' : row > 2.25 ? '_' : '-';
  }

  private static double middle(int rows) {
    int highest = Integer.numberOfTrailingZeros(rows);
    int lowest = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rows);
    return (highest + lowest) / 2.0;
  }
}
