package dev.roundhouse.cli.map;

import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.emulator.process.ScreenSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A track as text that fills a screen: a map above, what is on it beneath. A layout that does not
 * say where its nodes are drawn gets tables alone.
 *
 * @param glyphs the characters to use
 */
public record TrackMap(Glyphs glyphs) {
  /** A lower map shows nothing. */
  private static final int LEAST_MAP_ROWS = 6;

  private static final int LEAST_MAP_COLUMNS = 30;

  /** Draws it: at most so many lines of at most so many characters. */
  public Picture draw(TrackSnapshot snapshot, ScreenSize size) {
    StatusLines status = new StatusLines(snapshot, size.columns());
    List<Picture.Row> rows = new ArrayList<>();
    rows.add(status.title());
    List<Picture.Row> beneath = status.beneathMap();
    int mapRows = size.rows() - rows.size() - beneath.size();
    Optional<List<Picture.Row>> map = map(snapshot, size.columns(), mapRows);
    rows.addAll(map.orElseGet(List::of));
    rows.addAll(map.isPresent() ? beneath : status.alone(size.rows() - rows.size()));
    return new Picture(rows.subList(0, Math.min(rows.size(), size.rows())));
  }

  private Optional<List<Picture.Row>> map(TrackSnapshot snapshot, int columns, int rows) {
    if (rows < LEAST_MAP_ROWS || columns < LEAST_MAP_COLUMNS) {
      return Optional.empty();
    }
    Canvas canvas = new Canvas(columns, rows);
    return Projection.of(snapshot.layout(), canvas)
        .map(projection -> {
          new TrackPicture(snapshot, glyphs, canvas, projection).draw();
          return canvas.picture(glyphs);
        });
  }
}
