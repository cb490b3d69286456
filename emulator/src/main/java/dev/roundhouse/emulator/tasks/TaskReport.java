package dev.roundhouse.emulator.tasks;

import com.google.gson.stream.JsonWriter;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.observe.CodePlace;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tasks of a machine at a moment, as people and other programs are shown them.
 *
 * @param at the moment
 * @param rows the tasks that live, by tid
 * @param history what they asked of each other before, in lines below a heading; none if nothing
 */
public record TaskReport(VirtualTime at, List<Row> rows, List<String> history) {
  private static final int MOST_LINES = 32;
  private static final int MOST_OBJECTS = 1000;
  private static final int LONGEST_NAME = 32;
  private static final int PERMILLE = 1000;
  private static final String HEADER = "  %5s %-{}s %4s %-15s %14s %6s %8s  %s";

  /** Copies the lists. */
  public TaskReport {
    rows = List.copyOf(rows);
    history = List.copyOf(history);
  }

  /** The same for who has been told of what was before. */
  public TaskReport withoutHistory() {
    return new TaskReport(at, rows, List.of());
  }

  /** Whether a task waits for another one to receive or to reply. */
  public boolean hasUnanswered() {
    return rows.stream()
        .map(row -> row.info.status())
        .anyMatch(status ->
            status instanceof TaskStatus.SendBlocked || status instanceof TaskStatus.ReplyBlocked);
  }

  /**
   * A task.
   *
   * @param info what it is and does
   * @param name its program, and an argument that tells it apart from others of that
   * @param sinceNanos since when it does what it does
   * @param waitsFor on whom or what it waits, and why in vain if that is so; empty if it does not
   * @param place in its source, or where else it is; empty if that is not known
   * @param activeNanos for how long it has had the processor
   * @param stackBytes how much of its stack was in use at most
   */
  public record Row(
      TaskInfo info,
      String name,
      OptionalLong sinceNanos,
      String waitsFor,
      Optional<CodePlace> place,
      OptionalLong activeNanos,
      OptionalLong stackBytes) {}

  /** The table for people, in a bounded number of lines: of many tasks those that are not idle. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("tasks at %s:".formatted(at));
    List<Row> shown =
        rows.stream()
            .sorted(Comparator.comparingInt(row -> rank(row.info.status())))
            .limit(MOST_LINES)
            .sorted(Comparator.comparingInt(row -> row.info.tid()))
            .toList();
    int width = shown.stream().mapToInt(row -> shownName(row).length()).max().orElse(0);
    String format = HEADER.replace("{}", "" + Math.max(width, "name".length()));
    lines.add(
        format.formatted("tid", "name", "prio", "state", "since", "cpu", "stack", "waits for; at"));
    shown.forEach(row -> lines.add(line(row, format)));
    if (shown.size() < rows.size()) {
      lines.add(more(shown));
    }
    lines.addAll(history);
    return lines;
  }

  /** What comes first when there is no room for all. */
  private static int rank(TaskStatus status) {
    return switch (status) {
      case TaskStatus.Active(), TaskStatus.EventBlocked _, TaskStatus.InCall _ -> 0;
      case TaskStatus.SendBlocked _,
          TaskStatus.ReplyBlocked _,
          TaskStatus.NeverStarted _,
          TaskStatus.Lost() ->
          1;
      case TaskStatus.Ready() -> 2;
      case TaskStatus.ReceiveBlocked(), TaskStatus.Exited() -> 3;
    };
  }

  private static String shownName(Row row) {
    return Printable.line(row.name, LONGEST_NAME);
  }

  private String line(Row row, String format) {
    String priority = row.info.priority().isPresent() ? "" + row.info.priority().getAsInt() : "?";
    String since =
        row.sinceNanos.isPresent() ? "" + new VirtualTime(row.sinceNanos.getAsLong()) : "?";
    String stack = row.stackBytes.isPresent() ? row.stackBytes.getAsLong() + " B" : "?";
    String place = row.place.map(at -> "at " + at.text()).orElse("");
    String what = row.waitsFor.isEmpty() || place.isEmpty() ? "" : "; ";
    return format
        .formatted(
            row.info.tid(),
            shownName(row),
            priority,
            stateWord(row.info.status()),
            since,
            share(row),
            stack,
            Printable.line(row.waitsFor) + what + place)
        .stripTrailing();
  }

  /** As scenarios have it, but for the one that runs. */
  private static String stateWord(TaskStatus status) {
    return status instanceof TaskStatus.Active ? "active" : status.word();
  }

  private String share(Row row) {
    return row.activeNanos.isEmpty() ? "?" : permille(row) / 10 + "." + permille(row) % 10 + "%";
  }

  private long permille(Row row) {
    return at.nanos() == 0
        ? 0
        : Math.round((double) row.activeNanos.orElse(0) * PERMILLE / at.nanos());
  }

  private String more(List<Row> shown) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> !shown.contains(row))
        .forEach(row -> counts.merge(stateWord(row.info.status()), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((word, count) -> words.add(count + " " + word));
    return "  and %d more: %s".formatted(rows.size() - shown.size(), String.join(", ", words));
  }

  /** The same as an array of objects; of very many tasks the first thousand. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      writeTo(json);
    } catch (IOException e) {
      throw new IllegalStateException("a string takes all that is written", e);
    }
    return text.toString();
  }

  private void writeTo(JsonWriter json) throws IOException {
    json.beginArray();
    for (Row row : rows.subList(0, Math.min(rows.size(), MOST_OBJECTS))) {
      json.beginObject();
      json.name("tid").value(row.info.tid());
      json.name("name").value(row.name);
      if (row.info.priority().isPresent()) {
        json.name("priority").value(row.info.priority().getAsInt());
      }
      json.name("state").value(stateWord(row.info.status()));
      number(json, "sinceNanos", row.sinceNanos);
      text(json, "waitsFor", row.waitsFor);
      text(json, "where", row.place.map(CodePlace::text).orElse(""));
      if (row.place.isPresent()) {
        json.name("place").jsonValue(row.place.get().json());
      }
      number(json, "cpuNanos", row.activeNanos);
      number(json, "stackBytes", row.stackBytes);
      json.endObject();
    }
    json.endArray();
  }

  private static void number(JsonWriter json, String name, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.name(name).value(value.getAsLong());
    }
  }

  private static void text(JsonWriter json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.name(name).value(value);
    }
  }
}
