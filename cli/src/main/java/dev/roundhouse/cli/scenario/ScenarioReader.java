package dev.roundhouse.cli.scenario;

import dev.roundhouse.cli.scenario.Scenario.Expected;
import dev.roundhouse.cli.scenario.Scenario.FailOn;
import dev.roundhouse.cli.scenario.Scenario.Step;
import dev.roundhouse.cli.session.TrackWishes;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads scenarios, by the schema {@code scenario.schema.json}. */
final class ScenarioReader {
  static final List<String> STATES =
      List.of(
          "ready", "send-blocked", "receive-blocked", "reply-blocked", "event-blocked", "exited");
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
          "exited");

  private static final int CONSOLE = 2;
  private static final int TRAIN_UART = 3;
  private static final int HIGHEST_UART = 5;
  private static final int NO_UART = 1;
  private static final int MOST_STEPS = 1000;
  private static final int MOST_TRAINS = 80;
  private static final int MOST_TURNOUTS = 256;
  private static final int NEAR_MM = 50;
  private static final int FARTHEST_MM = 10_000;
  private static final int HIGHEST_SEED = 999_999_999;

  private final Path file;
  private int console = CONSOLE;

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
    Scenario.Start start = start(fields.need("start"));
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

  private Scenario.Start start(Yaml yaml) throws ScenarioException {
    FieldsReader fields =
        FieldsReader.of(
            yaml, "\"start\"", "system", "programs", "profile", "args", "console", "track");
    if (!fields.has("system") && !fields.has("programs")) {
      throw fields.place().wrong("\"start\" needs a bundled system or a list of programs");
    }
    console = uart(fields, "console", CONSOLE);
    List<Path> programs = new ArrayList<>();
    for (Yaml program : fields.items("programs")) {
      programs.add(beside(program, "programs"));
    }
    List<Scenario.Argument> args = new ArrayList<>();
    for (Map.Entry<String, Yaml.Text> arg : fields.arguments("args").entrySet()) {
      args.add(new Scenario.Argument(arg.getKey(), arg.getValue().value()));
    }
    Optional<Yaml> track = fields.get("track");
    return new Scenario.Start(
        fields.text("system"),
        programs,
        profile(fields),
        args,
        console,
        track.isPresent() ? Optional.of(track(track.get())) : Optional.empty());
  }

  private static AbiProfile profile(FieldsReader fields) throws ScenarioException {
    Optional<Yaml> value = fields.get("profile");
    if (value.isEmpty()) {
      return AbiProfile.trainsOs();
    }
    List<String> names = AbiProfile.all().stream().map(AbiProfile::name).toList();
    return AbiProfile.named(FieldsReader.oneOf(value.get(), "profile", names)).orElseThrow();
  }

  private Scenario.TrackSetup track(Yaml yaml) throws ScenarioException {
    FieldsReader fields =
        FieldsReader.of(
            yaml,
            "\"track\"",
            "layout",
            "uart",
            "trains",
            "turnouts",
            "locomotives",
            "box",
            "faults",
            "seed");
    int uart = uart(fields, "uart", TRAIN_UART);
    if (uart == console) {
      throw fields.place().wrong("UART" + uart + " is the console; give the track another one");
    }
    Yaml layout = fields.need("layout");
    String name = FieldsReader.text(layout, "layout");
    boolean isShipped = List.of("a", "b").contains(name);
    Map<Integer, String> trains = new TreeMap<>();
    for (Map.Entry<String, Yaml.Text> train : fields.table("trains").entrySet()) {
      trains.put(key(train, MOST_TRAINS, "a train's number"), train.getValue().value());
    }
    Map<Integer, Position> turnouts = new TreeMap<>();
    for (Map.Entry<String, Yaml.Text> turnout : fields.table("turnouts").entrySet()) {
      turnouts.put(key(turnout, MOST_TURNOUTS, "a turnout's number"), position(turnout.getValue()));
    }
    return new Scenario.TrackSetup(
        uart,
        isShipped ? name : beside(layout, "layout").toString(),
        new TrackWishes(
            trains,
            turnouts,
            new TrackWishes.DataFiles(
                beside(fields, "locomotives"), beside(fields, "box"), beside(fields, "faults")),
            fields.number("seed", 0, HIGHEST_SEED).orElse(0)));
  }

  private static int key(Map.Entry<String, Yaml.Text> entry, int most, String what)
      throws ScenarioException {
    boolean isNumber = entry.getKey().matches("[1-9]\\d{0,2}");
    if (!isNumber || Integer.parseInt(entry.getKey()) > most) {
      throw entry
          .getValue()
          .place()
          .wrong(
              "\""
                  + Printable.line(entry.getKey(), YamlFile.LONGEST_SHOWN)
                  + "\" is not "
                  + what
                  + ", 1 to "
                  + most);
    }
    return Integer.parseInt(entry.getKey());
  }

  private static Position position(Yaml.Text text) throws ScenarioException {
    return FieldsReader.oneOf(text, "turnouts", List.of("S", "C")).equals("S")
        ? Position.STRAIGHT
        : Position.CURVED;
  }

  private Optional<Path> beside(FieldsReader fields, String key) throws ScenarioException {
    Optional<Yaml> value = fields.get(key);
    return value.isPresent() ? Optional.of(beside(value.get(), key)) : Optional.empty();
  }

  private Path beside(Yaml yaml, String what) throws ScenarioException {
    try {
      return file.resolveSibling(FieldsReader.text(yaml, what));
    } catch (InvalidPathException e) {
      throw yaml.place().wrong("\"" + what + "\" is not a path");
    }
  }

  private static int uart(FieldsReader fields, String key, int otherwise) throws ScenarioException {
    int uart = fields.number(key, 0, HIGHEST_UART).orElse(otherwise);
    if (uart == NO_UART) {
      throw fields
          .need(key)
          .place()
          .wrong("scenarios do not reach UART1; there are 0, 2, 3, 4 and 5");
    }
    return uart;
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
      case "end-input" -> new Step.EndInput(place, uart(fields, key, console));
      default -> expect(place, value);
    };
  }

  private Step type(Yaml.Place place, Yaml value) throws ScenarioException {
    if (value instanceof Yaml.Text(var _, String text)) {
      return new Step.Type(place, console, text);
    }
    FieldsReader fields = FieldsReader.of(value, "\"type\"", "text", "uart");
    return new Step.Type(
        place, uart(fields, "uart", console), FieldsReader.text(fields.need("text"), "text"));
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
        List.of("text", "match", "task", "train", "end").stream().filter(fields::has).toList();
    if (kinds.size() != 1) {
      throw fields.place().wrong("\"expect\" needs exactly one of text, match, task, train, end");
    }
    String kind = kinds.getFirst();
    Yaml value = fields.need(kind);
    return switch (kind) {
      case "text" -> {
        only(fields, "text", "uart");
        yield printed(uart(fields, "uart", console), FieldsReader.text(value, kind));
      }
      case "match" -> {
        only(fields, "match", "uart");
        yield new Expected.Printed(
            uart(fields, "uart", console), regex(value), "what matches " + text(value));
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
