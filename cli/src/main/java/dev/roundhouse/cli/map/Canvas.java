package dev.roundhouse.cli.map;

import dev.roundhouse.devices.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cells of characters, each of two by four dots; what is written lies over what is dotted. */
final class Canvas {
  /** Dots in a cell's width. */
  static final int DOTS_ACROSS = 2;

  /** Dots in a cell's height. */
  static final int DOTS_DOWN = 4;

  private static final char NOTHING = 0;

  private final int columns;
  private final int rows;
  private final int[] dots;
  private final char[] written;
  private final Ink[] inks;

  Canvas(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    dots = new int[columns * rows];
    written = new char[columns * rows];
    inks = new Ink[columns * rows];
    Arrays.fill(inks, Ink.PLAIN);
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** A place on the canvas in dots, y down. */
  record Dot(double x, double y) {
    /** The point between this and another one, 0 here and 1 there. */
    Dot towards(Dot other, double part) {
      return new Dot(x + (other.x - x) * part, y + (other.y - y) * part);
    }

    double distance(Dot other) {
      return Math.hypot(x - other.x, y - other.y);
    }

    int column() {
      return Math.floorDiv((int) Math.round(x), DOTS_ACROSS);
    }

    int row() {
      return Math.floorDiv((int) Math.round(y), DOTS_DOWN);
    }
  }

  /** Draws a line of dots. A cell that more than one line crosses has the brighter one's ink. */
  void line(Dot from, Dot to, Ink ink) {
    int steps = (int) Math.ceil(Math.max(Math.abs(from.x - to.x), Math.abs(from.y - to.y)));
    for (int i = 0; i <= steps; i++) {
      dot(from.towards(to, steps == 0 ? 0 : (double) i / steps), ink);
    }
  }

  private void dot(Dot at, Ink ink) {
    if (!contains(at.column(), at.row())) {
      return;
    }
    int cell = at.row() * columns + at.column();
    int column = Math.floorMod((int) Math.round(at.x), DOTS_ACROSS);
    int row = Math.floorMod((int) Math.round(at.y), DOTS_DOWN);
    inks[cell] = dots[cell] == 0 || ink != Ink.FAINT ? ink : inks[cell];
    dots[cell] |= 1 << (DOTS_DOWN * column + row);
  }

  /** Writes a character over a cell, if it is on the canvas. */
  void put(int column, int row, char character, Ink ink) {
    if (contains(column, row)) {
      written[row * columns + column] = character;
      inks[row * columns + column] = ink;
    }
  }

  /** Writes text from a cell on; what is outside is cut off. */
  void write(int column, int row, String text, Ink ink) {
    String shown = Printable.line(text);
    for (int i = 0; i < shown.length(); i++) {
      put(column + i, row, shown.charAt(i), ink);
    }
  }

  private boolean contains(int column, int row) {
    return column >= 0 && column < columns && row >= 0 && row < rows;
  }

  /** How many of these cells have something written on them, or are outside. */
  int written(int column, int row, int cells) {
    int count = 0;
    for (int i = 0; i < cells; i++) {
      boolean free = contains(column + i, row) && written[row * columns + column + i] == NOTHING;
      count += free ? 0 : 1;
    }
    return count;
  }

  /** How many of these cells have dots. */
  int dotted(int column, int row, int cells) {
    int count = 0;
    for (int i = 0; i < cells; i++) {
      boolean isDotted = contains(column + i, row) && dots[row * columns + column + i] != 0;
      count += isDotted ? 1 : 0;
    }
    return count;
  }

  /** The rows as a picture's. */
  List<Picture.Row> picture(Glyphs glyphs) {
    List<Picture.Row> made = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      Picture.Row line = new Picture.Row();
      for (int cell = row * columns; cell < (row + 1) * columns; cell++) {
        if (written[cell] != NOTHING) {
          line.add(written[cell], inks[cell]);
        } else if (dots[cell] != 0) {
          line.add(glyphs.rails(dots[cell]), inks[cell]);
        } else {
          line.add(' ', Ink.PLAIN);
        }
      }
      made.add(line);
    }
    return made;
  }
}
