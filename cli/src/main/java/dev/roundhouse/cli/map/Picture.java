package dev.roundhouse.cli.map;

import dev.roundhouse.devices.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** Lines of characters to be shown from the top of a screen. */
public final class Picture {
  private final List<Row> rows;

  Picture(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The lines without colours and without blanks at their ends. */
  public List<String> plain() {
    return rows.stream().map(Row::plain).toList();
  }

  /** The lines with control sequences for their colours, which end in plain. */
  public List<String> coloured() {
    return rows.stream().map(Row::coloured).toList();
  }

  /** A line that is being made. */
  static final class Row {
    private final StringBuilder text = new StringBuilder();
    private final List<Ink> inks = new ArrayList<>();

    Row add(char character, Ink ink) {
      text.append(character);
      inks.add(ink);
      return this;
    }

    /** Adds text, which may come from files. */
    Row add(String more, Ink ink) {
      Printable.line(more).chars().forEach(c -> add((char) c, ink));
      return this;
    }

    int length() {
      return text.length();
    }

    /** Blanks up to a column. */
    Row to(int column) {
      while (length() < column) {
        add(' ', Ink.PLAIN);
      }
      return this;
    }

    /** Cuts off what does not fit; three dots say so. */
    Row cutTo(int columns) {
      if (length() > columns) {
        int kept = Math.max(0, columns - CUT.length());
        text.setLength(kept);
        inks.subList(kept, inks.size()).clear();
        add(CUT.substring(0, Math.min(CUT.length(), columns)), Ink.PLAIN);
      }
      return this;
    }

    private static final String CUT = "...";

    private String plain() {
      return text.toString().stripTrailing();
    }

    private String coloured() {
      StringBuilder line = new StringBuilder();
      Ink ink = Ink.PLAIN;
      int length = plain().length();
      for (int i = 0; i < length; i++) {
        if (inks.get(i) != ink) {
          ink = inks.get(i);
          line.append(ink.select());
        }
        line.append(text.charAt(i));
      }
      return ink == Ink.PLAIN ? line.toString() : line.append(Ink.PLAIN.select()).toString();
    }
  }
}
