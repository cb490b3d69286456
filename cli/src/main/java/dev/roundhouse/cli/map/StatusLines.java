package dev.roundhouse.cli.map;

import dev.roundhouse.cli.map.Picture.Row;
import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.event.Accident;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.track.TrainState;
import dev.roundhouse.devices.train.track.TrainView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said of a track in words. */
final class StatusLines {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int TRAIN_COLUMNS = 39;
  private static final int MOST_TRAIN_ROWS = 4;
  private static final String LEGEND = "a gap: the turnout leads the other way";

  private final TrackSnapshot snapshot;
  private final int columns;

  StatusLines(TrackSnapshot snapshot, int columns) {
    this.snapshot = snapshot;
    this.columns = columns;
  }

  /** The first line: which track, and when. */
  Row title() {
    boolean on = snapshot.power() == Power.ON;
    Row row = new Row().add(snapshot.layout().name(), Ink.BOLD);
    row.add("  " + time(snapshot.nanos()), Ink.PLAIN);
    row.add(on ? "  power on" : "  POWER OFF", on ? Ink.PLAIN : Ink.ALARM);
    if (row.length() + LEGEND.length() + 2 <= columns) {
      row.to(columns - LEGEND.length()).add(LEGEND, Ink.FAINT);
    }
    return row.cutTo(columns);
  }

  /** A few lines; as many for the same trains, so that the map above keeps its size. */
  List<Row> beneathMap() {
    List<Row> rows = new ArrayList<>(trains(MOST_TRAIN_ROWS));
    rows.add(sensors());
    rows.add(turnouts());
    rows.add(accident());
    return rows;
  }

  /** All that fits, where there is no map. */
  List<Row> alone(int most) {
    List<Row> rows = new ArrayList<>();
    rows.add(sensors());
    rows.add(turnouts());
    rows.add(accident());
    rows.addAll(0, trains(Math.max(1, most - rows.size())));
    return rows;
  }

  private static String time(long nanos) {
    double seconds = nanos / NANOS_PER_SECOND;
    int minutes = (int) (seconds / SECONDS_PER_MINUTE);
    return String.format(Locale.ROOT, "%d:%04.1f", minutes, seconds - minutes * 60.0);
  }

  private List<Row> trains(int mostRows) {
    List<TrainView> trains = snapshot.trains();
    int each = Math.max(1, columns / TRAIN_COLUMNS);
    int rowsNeeded = (trains.size() + each - 1) / each;
    int shownRows = Math.min(rowsNeeded, mostRows);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shownRows; i++) {
      Row row = new Row();
      for (int j = i * each; j < Math.min((i + 1) * each, trains.size()); j++) {
        row.to(j % each * TRAIN_COLUMNS);
        boolean isLast = i == shownRows - 1 && j == (i + 1) * each - 1;
        if (isLast && rowsNeeded > shownRows) {
          row.add("and " + (trains.size() - j) + " more trains", Ink.PLAIN);
        } else {
          put(row, trains.get(j), Ink.ofTrain(j));
        }
      }
      rows.add(row.cutTo(columns));
    }
    return rows;
  }

  private static void put(Row row, TrainView train, Ink own) {
    row.add(String.format(Locale.ROOT, "%-3d", train.number()), own);
    String place = String.format(Locale.ROOT, "%-13s", train.pickUp());
    if (train.state() == TrainState.ON_TRACK) {
      String speed = String.format(Locale.ROOT, "%4.0f mm/s", train.speed());
      row.add(place + " level " + pad(train.level()) + speed, Ink.PLAIN);
    } else {
      row.add(place + " " + words(train.state()), Ink.ALARM);
    }
  }

  private static String pad(int level) {
    return String.format(Locale.ROOT, "%-2d", level);
  }

  private static String words(TrainState state) {
    return switch (state) {
      case ON_TRACK -> "runs";
      case STALLED -> "stalls: push it";
      case COLLIDED -> "has collided";
      case DERAILED -> "is derailed";
      case RAN_OFF -> "ran off the end";
    };
  }

  private Row sensors() {
    Row row = new Row().add("sensors ", Ink.FAINT);
    for (SensorHit hit : snapshot.hits()) {
      long age = snapshot.nanos() - hit.nanos();
      String by = hit.train() == SensorHit.NOBODY ? "" : " by " + hit.train();
      String ago = String.format(Locale.ROOT, " %.1f s ago ", age / NANOS_PER_SECOND);
      String what = " " + hit.sensor() + by + ago;
      row.add(what, age < TrackPicture.SHOWN_NANOS ? Ink.HIT : Ink.PLAIN);
      if (row.length() > columns) {
        break;
      }
    }
    return row.cutTo(columns);
  }

  private Row turnouts() {
    Row row = new Row().add("curved  ", Ink.FAINT);
    String curved =
        snapshot.turnouts().entrySet().stream()
            .filter(turnout -> turnout.getValue() == Position.CURVED)
            .map(turnout -> " " + turnout.getKey())
            .collect(Collectors.joining());
    return row.add(curved.isEmpty() ? " no turnout" : curved, Ink.TURNOUT).cutTo(columns);
  }

  private Row accident() {
    Row row = new Row();
    if (!snapshot.accidents().isEmpty()) {
      Accident newest = snapshot.accidents().getFirst();
      row.add("at " + time(newest.nanos()) + " " + newest.text(), Ink.ALARM);
    }
    return row.cutTo(columns);
  }
}
