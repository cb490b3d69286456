package dev.roundhouse.cli.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.train.calibration.Twin;
import dev.roundhouse.devices.train.calibration.Twin.Row;
import dev.roundhouse.devices.train.calibration.Twin.Time;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A session beside its twin, for people and for programs. */
public record TwinText(Twin twin, double tolerance) {
  private static final int DIGITS = 3;
  private static final String NOWHERE = "-";

  /** As a table, and where the two part. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("sensor", "train", "recorded, s", "simulated", "later by, s"));
    twin.rows().forEach(row -> lines.add(line(row)));
    lines.add("");
    twin.accidents().forEach(accident -> lines.add("simulated: " + accident));
    lines.add(verdict());
    return lines;
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-9s %5s  %-17s  %-11s  %s", cells).stripTrailing();
  }

  private static String line(Row row) {
    String train = row.train().isPresent() ? Integer.toString(row.train().getAsInt()) : "";
    return row(
        row.sensor(),
        train,
        row.recorded().map(TwinText::text).orElse(NOWHERE),
        row.simulated().map(time -> number(time.seconds())).orElse(NOWHERE),
        row.difference().map(by -> String.format(Locale.ROOT, "%+.3f", by)).orElse("parted"));
  }

  private static String text(Time time) {
    return number(time.seconds()) + " +- " + number(time.doubt());
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  private String verdict() {
    if (twin.rows().isEmpty()) {
      return "no contact closed, neither in the recording nor in the simulation";
    }
    long both = twin.rows().stream().flatMap(row -> row.difference().stream()).count();
    double most =
        twin.rows().stream()
            .flatMap(row -> row.difference().stream())
            .mapToDouble(Math::abs)
            .max()
            .orElse(0);
    String same =
        String.format(
            Locale.ROOT,
            "%d of %d contacts closed in both within %.1f s, at most %.3f s apart",
            both,
            twin.rows().size(),
            tolerance,
            most);
    return twin.parting().map(row -> parting(row) + "\n" + same).orElse(same);
  }

  private String parting(Row row) {
    int before = twin.rows().indexOf(row);
    Optional<Time> recorded = row.recorded();
    return String.format(
        Locale.ROOT,
        "they part after %d contacts, at %.3f s: %s closed in the %s only",
        before,
        recorded.or(row::simulated).map(Time::seconds).orElse(0.0),
        row.sensor(),
        recorded.isPresent() ? "recording" : "simulation");
  }

  /** As one JSON object. */
  public String json(int exitCode) {
    JsonObject json = new JsonObject();
    JsonArray rows = new JsonArray();
    twin.rows().forEach(row -> rows.add(object(row)));
    json.add("contacts", rows);
    json.add(
        "parting", twin.parting().<JsonElement>map(TwinText::object).orElse(JsonNull.INSTANCE));
    JsonArray accidents = new JsonArray();
    twin.accidents().forEach(accidents::add);
    json.add("accidents", accidents);
    json.addProperty("exitCode", exitCode);
    return JsonText.shown(json.toString());
  }

  private static JsonObject object(Row row) {
    JsonObject json = new JsonObject();
    json.addProperty("sensor", row.sensor());
    row.train().ifPresent(train -> json.addProperty("train", train));
    row.recorded()
        .ifPresent(time -> {
          json.addProperty("recordedSeconds", rounded(time.seconds()));
          json.addProperty("doubtSeconds", rounded(time.doubt()));
        });
    row.simulated()
        .ifPresent(time -> json.addProperty("simulatedSeconds", rounded(time.seconds())));
    row.difference().ifPresent(by -> json.addProperty("differenceSeconds", rounded(by)));
    return json;
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN);
  }
}
