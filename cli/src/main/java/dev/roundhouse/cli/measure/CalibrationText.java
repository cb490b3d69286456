package dev.roundhouse.cli.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.train.calibration.Advice;
import dev.roundhouse.devices.train.calibration.Calibration;
import dev.roundhouse.devices.train.calibration.Calibration.Figure;
import dev.roundhouse.devices.train.calibration.Calibration.Level;
import dev.roundhouse.devices.train.calibration.Calibration.Train;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was estimated, for people and for programs. */
public record CalibrationText(String track, Calibration calibration) {
  private static final int DIGITS = 2;

  /** As tables. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: contacts closed %d times, %d of them by nobody who can be told"
            .formatted(track, calibration.closings(), calibration.unexplained()));
    for (Train train : calibration.trains()) {
      lines.add("");
      lines.add(
          String.format(
              Locale.ROOT,
              "train %d: %d sections between contacts in %.0f s; %d more fit no figures and are left"
                  + " out",
              train.address(),
              train.sections(),
              train.seconds(),
              train.strange()));
      lines.add(
          row(
              "level",
              "speed, mm/s",
              "from above",
              "gains, mm/s^2",
              "in s",
              "stops in mm",
              "in s"));
      train.levels().stream().filter(Level::isSeen).map(CalibrationText::row).forEach(lines::add);
      List<String> advice = Advice.to(train);
      if (!advice.isEmpty()) {
        lines.add("to narrow this, drive next:");
        advice.forEach(wish -> lines.add("  " + wish));
      }
    }
    return lines;
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%5s  %-15s  %-15s  %-14s  %5s  %-15s  %5s", cells)
        .stripTrailing();
  }

  private static String row(Level level) {
    boolean gains = level.acceleration().isSeen();
    boolean stops = level.stop().isSeen();
    return row(
        level.level(),
        text(level.speed()),
        text(level.fromAbove()),
        text(level.acceleration()),
        gains ? number(level.startSeconds()) : "",
        text(level.stop()),
        stops ? number(level.stopSeconds()) : "");
  }

  private static String text(Figure figure) {
    return figure.isSeen()
        ? number(figure.value()) + " +- " + number(figure.value() * figure.spread())
        : "-";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  /** As one JSON object. */
  public String json() {
    JsonObject json = new JsonObject();
    json.addProperty("track", track);
    json.addProperty("closings", calibration.closings());
    json.addProperty("unexplained", calibration.unexplained());
    JsonArray trains = new JsonArray();
    calibration.trains().forEach(train -> trains.add(object(train)));
    json.add("trains", trains);
    return JsonText.shown(json.toString());
  }

  private static JsonObject object(Train train) {
    JsonObject json = new JsonObject();
    json.addProperty("train", train.address());
    json.addProperty("sections", train.sections());
    json.addProperty("leftOut", train.strange());
    json.addProperty("seconds", rounded(train.seconds()));
    JsonArray levels = new JsonArray();
    for (Level level : train.levels()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("level", level.level());
      entry.add("speed", object(level.speed()));
      entry.add("speedFromAbove", object(level.fromAbove()));
      entry.add("acceleration", object(level.acceleration()));
      entry.addProperty("startSeconds", rounded(level.startSeconds()));
      entry.add("stop", object(level.stop()));
      entry.addProperty("stopSeconds", rounded(level.stopSeconds()));
      levels.add(entry);
    }
    json.add("levels", levels);
    JsonArray next = new JsonArray();
    Advice.to(train).forEach(next::add);
    json.add("driveNext", next);
    return json;
  }

  private static JsonObject object(Figure figure) {
    JsonObject json = new JsonObject();
    json.addProperty("value", rounded(figure.value()));
    json.addProperty("low", rounded(figure.low()));
    json.addProperty("high", rounded(figure.high()));
    json.addProperty("isMeasured", figure.isSeen());
    return json;
  }

  static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN);
  }
}
