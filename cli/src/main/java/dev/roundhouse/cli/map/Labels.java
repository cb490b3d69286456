package dev.roundhouse.cli.map;

import dev.roundhouse.cli.map.Canvas.Dot;

/** Finds room for names near what they name. */
final class Labels {
  private static final int FURTHEST_ROWS = 2;

  private final Canvas canvas;

  Labels(Canvas canvas) {
    this.canvas = canvas;
  }

  /** A place for a label's first character. */
  private record Place(int column, int row, int cost) {}

  /** Writes a name where it hides nothing, or not at all. */
  void perhaps(Dot at, String text, Ink ink) {
    Place best = best(at, text, 1);
    if (best.cost == 0) {
      canvas.write(best.column, best.row, text, ink);
    }
  }

  /** Writes a name where it hides least. */
  void surely(Dot at, String text, Ink ink) {
    Place best = best(at, text, FURTHEST_ROWS);
    canvas.write(best.column, best.row, text, ink);
  }

  private Place best(Dot at, String text, int furthest) {
    int length = text.length();
    Place best = new Place(at.column() + 1, at.row(), Integer.MAX_VALUE);
    for (int away = 0; away <= furthest; away++) {
      for (int down = away; down >= -away; down -= Math.max(1, 2 * away)) {
        int middle = at.column() - (length - 1) / 2;
        int[] columns =
            down == 0
                ? new int[] {at.column() + 1, at.column() - length}
                : new int[] {middle, middle + 1, middle - 1, at.column() + 1, at.column() - length};
        for (int column : columns) {
          int cost = cost(column, at.row() + down, length);
          if (cost < best.cost) {
            best = new Place(column, at.row() + down, cost);
          }
        }
      }
    }
    return best;
  }

  private int cost(int column, int row, int length) {
    int hidden = canvas.written(column, row, length);
    int touching = canvas.written(column - 1, row, 1) + canvas.written(column + length, row, 1);
    return 4 * hidden + canvas.dotted(column, row, length) + 2 * touching;
  }
}
