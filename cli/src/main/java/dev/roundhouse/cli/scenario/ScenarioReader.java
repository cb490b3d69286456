package dev.roundhouse.cli.scenario;

import dev.roundhouse.cli.scenario.Scenario.Expected;
import dev.roundhouse.cli.scenario.Scenario.FailOn;
import dev.roundhouse.cli.scenario.Scenario.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads scenarios, by the schema {@code scenario.schema.json}. */
final class ScenarioReader {
  static final List<String> STATES =
      List.of(
          "ready",
          "send-blocked",
          "receive-blocked",
          "reply-blocked",
          "event-blocked",
          "in-call",
          "exited");
  static final List<String> ENDS =
      List.of(
          "finished",
          "quit",
          "deadlock",
          "fault",
          "bad-pointer",
          "kernel-crash",
          "violation",
          "unknown-program",
          "cannot-load",
          "exited",
          "rebooted",
          "lost");

  private static final int MOST_STEPS = 1000;
  private static final int MOST_TRAINS = 80;
  private static final int NEAR_MM = 50;
  private static final int FARTHEST_MM = 10_000;

  private final Path file;
  private int console;

  private ScenarioReader(Path file) {
    this.file = file;
  }

  /**
   * The scenario of a file's text.
   *
   * @param file its name, to which other files are relative
   */
  static Scenario read(Path file, String text) throws ScenarioException {
    return new ScenarioReader(file).scenario(YamlFile.parse(file.toString(), text));
  }

  private Scenario scenario(Yaml yaml) throws ScenarioException {
    FieldsReader fields =
        FieldsReader.of(yaml, "the scenario", "name", "start", "deadline", "fail-on", "steps");
    Scenario.Start start = new StartReader(file).read(fields.need("start"));
    console = start.console();
    List<Yaml> items = fields.items("steps");
    if (items.isEmpty()) {
      throw fields.place().wrong("\"steps\" is missing or empty");
    }
    if (items.size() > MOST_STEPS) {
      throw items.get(MOST_STEPS).place().wrong("more than " + MOST_STEPS + " steps; split it");
    }
    List<Step> steps = new ArrayList<>();
    for (Yaml item : items) {
      steps.add(step(item));
    }
    return new Scenario(
        file,
        fields.text("name").orElse(String.valueOf(file.getFileName())),
        start,
        fields.duration("deadline"),
        failOn(fields),
        steps);
  }

  private static Set<FailOn> failOn(FieldsReader fields) throws ScenarioException {
    Set<FailOn> all = EnumSet.of(FailOn.FAULT, FailOn.DEADLOCK);
    for (Yaml item : fields.items("fail-on")) {
      String word =
          FieldsReader.oneOf(item, "fail-on", List.of("fault", "deadlock", "violation", "warning"));
      all.add(FailOn.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return all;
  }

  private Step step(Yaml yaml) throws ScenarioException {
    FieldsReader fields = FieldsReader.of(yaml, "a step", "wait", "type", "expect", "end-input");
    if (fields.keys().size() != 1) {
      throw fields.place().wrong("a step has exactly one key: wait, type, expect or end-input");
    }
    Yaml.Place place = fields.place();
    String key = fields.keys().getFirst();
    Yaml value = fields.need(key);
    return switch (key) {
      case "wait" -> new Step.WaitFor(place, FieldsReader.duration(value, key));
      case "type" -> type(place, value);
      case "end-input" -> new Step.EndInput(place, StartReader.uart(fields, key, console));
      default -> expect(place, value);
    };
  }

  private Step type(Yaml.Place place, Yaml value) throws ScenarioException {
    if (value instanceof Yaml.Text) {
      return new Step.Type(place, console, typed(value));
    }
    FieldsReader fields = FieldsReader.of(value, "\"type\"", "text", "uart");
    return new Step.Type(
        place, StartReader.uart(fields, "uart", console), typed(fields.need("text")));
  }

  /** YAML has escapes in double quotes only (YAML 1.2.2, 7.3.1); elsewhere no Enter is typed. */
  private static String typed(Yaml yaml) throws ScenarioException {
    String text = FieldsReader.text(yaml, "type");
    if (text.contains("\\r") || text.contains("\\n")) {
      throw yaml.place()
          .wrong(
              "a backslash and a letter would be typed here; for the Enter key write \"\\r\" in double quotes");
    }
    return text;
  }

  private Step expect(Yaml.Place place, Yaml value) throws ScenarioException {
    if (value instanceof Yaml.Text(var _, String text)) {
      return new Step.Expect(place, printed(console, text), Optional.empty());
    }
    FieldsReader fields =
        FieldsReader.of(
            value,
            "\"expect\"",
            "text",
            "match",
            "screen",
            "uart",
            "task",
            "state",
            "train",
            "at",
            "stops-at",
            "millimetres",
            "end",
            "within");
    Optional<Duration> within = fields.duration("within");
    return new Step.Expect(place, expected(fields), within);
  }

  private Expected expected(FieldsReader fields) throws ScenarioException {
    List<String> kinds =
        List.of("text", "match", "screen", "task", "train", "end").stream()
            .filter(fields::has)
            .toList();
    if (kinds.size() != 1) {
      throw fields
          .place()
          .wrong("\"expect\" needs exactly one of text, match, screen, task, train, end");
    }
    String kind = kinds.getFirst();
    Yaml value = fields.need(kind);
    return switch (kind) {
      case "text" -> {
        only(fields, "text", "uart");
        yield printed(StartReader.uart(fields, "uart", console), FieldsReader.text(value, kind));
      }
      case "match" -> {
        only(fields, "match", "uart");
        yield new Expected.Printed(
            StartReader.uart(fields, "uart", console), regex(value), "what matches " + text(value));
      }
      case "screen" -> {
        only(fields, "screen", "uart");
        yield new Expected.Shown(StartReader.uart(fields, "uart", console), row(value));
      }
      case "task" -> {
        only(fields, "task", "state");
        yield new Expected.InState(
            text(value), FieldsReader.oneOf(fields.need("state"), "state", STATES));
      }
      case "end" -> {
        only(fields, "end");
        yield new Expected.End(FieldsReader.oneOf(value, kind, ENDS));
      }
      default -> train(fields);
    };
  }

  private static String row(Yaml yaml) throws ScenarioException {
    String text = text(yaml);
    if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ')) {
      throw yaml.place().wrong("\"screen\" must be text of one row, as in \"train 24\"");
    }
    return text;
  }

  private static Expected train(FieldsReader fields) throws ScenarioException {
    int train = fields.number("train", 1, MOST_TRAINS).orElseThrow();
    if (fields.has("at")) {
      only(fields, "train", "at");
      return new Expected.At(train, text(fields.need("at")));
    }
    only(fields, "train", "stops-at", "millimetres");
    return new Expected.StopsAt(
        train,
        text(fields.need("stops-at")),
        fields.number("millimetres", 0, FARTHEST_MM).orElse(NEAR_MM));
  }

  private static void only(FieldsReader fields, String... keys) throws ScenarioException {
    for (String key : fields.keys()) {
      if (!key.equals("within") && !List.of(keys).contains(key)) {
        throw fields
            .need(key)
            .place()
            .wrong("\"" + key + "\" does not go with \"" + keys[0] + "\"");
      }
    }
  }

  private static String text(Yaml yaml) throws ScenarioException {
    return FieldsReader.text(yaml, "expect");
  }

  static Expected.Printed printed(int uart, String text) {
    return new Expected.Printed(uart, Pattern.compile(Pattern.quote(text)), "\"" + text + "\"");
  }

  private static Pattern regex(Yaml yaml) throws ScenarioException {
    try {
      return Pattern.compile(text(yaml));
    } catch (PatternSyntaxException e) {
      throw yaml.place().wrong("no regular expression: " + String.valueOf(e.getDescription()));
    } catch (StackOverflowError e) {
      throw yaml.place().wrong("a regular expression that is nested too deep; make it simpler");
    }
  }
}
