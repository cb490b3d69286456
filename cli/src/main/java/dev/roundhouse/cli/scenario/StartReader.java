package dev.roundhouse.cli.scenario;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.setup.MemorySize;
import dev.roundhouse.emulator.setup.TrackRequest;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads what a scenario starts with. */
final class StartReader {
  private static final int CONSOLE = 2;
  private static final int KERNEL_CONSOLE = 0;
  private static final int TRAIN_UART = 3;
  private static final int MOST_TRAINS = 80;
  private static final int MOST_TURNOUTS = 256;
  private static final int HIGHEST_SEED = 999_999_999;

  private final Path file;
  private int console = CONSOLE;

  /** A reader for a scenario's file, to which other files are relative. */
  StartReader(Path file) {
    this.file = file;
  }

  Scenario.Start read(Yaml yaml) throws ScenarioException {
    FieldsReader fields =
        FieldsReader.of(
            yaml,
            "\"start\"",
            "system",
            "programs",
            "profile",
            "args",
            "kernel",
            "ram",
            "reboot",
            "abi",
            "guard",
            "console",
            "track");
    Scenario.Started guest = fields.has("kernel") ? kernel(fields) : programs(fields);
    console =
        uart(
            fields, "console", guest instanceof Scenario.Started.Kernel ? KERNEL_CONSOLE : CONSOLE);
    Optional<Yaml> track = fields.get("track");
    return new Scenario.Start(
        guest, console, track.isPresent() ? Optional.of(track(track.get())) : Optional.empty());
  }

  private Scenario.Started programs(FieldsReader fields) throws ScenarioException {
    if (!fields.has("system") && !fields.has("programs")) {
      throw fields
          .place()
          .wrong("\"start\" needs a bundled system, a list of programs, or a kernel");
    }
    refuse(fields, "programs", "ram", "reboot", "abi");
    List<Path> programs = new ArrayList<>();
    for (Yaml program : fields.items("programs")) {
      programs.add(beside(program, "programs"));
    }
    List<Scenario.Argument> args = new ArrayList<>();
    for (Map.Entry<String, Yaml.Text> arg : fields.arguments("args").entrySet()) {
      args.add(new Scenario.Argument(arg.getKey(), arg.getValue().value()));
    }
    return new Scenario.Started.Programs(
        fields.text("system"), programs, profile(fields), args, guards(fields));
  }

  private Scenario.Started kernel(FieldsReader fields) throws ScenarioException {
    refuse(fields, "a kernel", "system", "programs", "profile", "args", "guard");
    long ram = Guest.Kernel.MOST_RAM;
    Optional<Yaml> size = fields.get("ram");
    if (size.isPresent()) {
      ram =
          MemorySize.parse(FieldsReader.text(size.get(), "ram"))
              .orElseThrow(
                  () -> size.get().place().wrong("\"ram\" must be such; " + MemorySize.FORM));
    }
    Optional<Yaml> reboot = fields.get("reboot");
    boolean ends =
        reboot.isPresent()
            && FieldsReader.oneOf(reboot.get(), "reboot", List.of("again", "end")).equals("end");
    Path beside = beside(fields.need("kernel"), "kernel");
    return new Scenario.Started.Kernel(
        Path.of(FieldsReader.text(fields.need("kernel"), "kernel")),
        beside,
        ram,
        ends ? Guest.OnReboot.END : Guest.OnReboot.BOOT_AGAIN,
        abi(fields));
  }

  private Optional<String> abi(FieldsReader fields) throws ScenarioException {
    Optional<Yaml> value = fields.get("abi");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String name = FieldsReader.text(value.get(), "abi");
    return Optional.of(
        CallAbiReader.SHIPPED.contains(name) ? name : beside(value.get(), "abi").toString());
  }

  private static Set<Guard> guards(FieldsReader fields) throws ScenarioException {
    List<String> words = Stream.of(Guard.values()).map(Guard::word).toList();
    Set<Guard> guards = new TreeSet<>();
    for (Yaml guard : fields.items("guard")) {
      guards.add(Guard.named(FieldsReader.oneOf(guard, "guard", words)).orElseThrow());
    }
    return guards;
  }

  private static void refuse(FieldsReader fields, String guest, String... keys)
      throws ScenarioException {
    for (String key : keys) {
      if (fields.has(key)) {
        throw fields.need(key).place().wrong("\"" + key + "\" does not go with " + guest);
      }
    }
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
      throw fields.place().wrong(Cables.name(uart) + " is the console; give the track another one");
    }
    Yaml layout = fields.need("layout");
    String name = FieldsReader.text(layout, "layout");
    boolean isShipped = TrackRequest.SHIPPED.contains(name);
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
        new TrackRequest(
            trains,
            turnouts,
            new TrackRequest.DataFiles(
                beside(fields, "locomotives"), box(fields), beside(fields, "faults")),
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

  /** A box as shipped is given by its name. */
  private Optional<Path> box(FieldsReader fields) throws ScenarioException {
    Optional<Yaml> value = fields.get("box");
    if (value.isPresent() && value.get() instanceof Yaml.Text text) {
      if (TrackRequest.SHIPPED_BOXES.contains(text.value())) {
        return Optional.of(Path.of(text.value()));
      }
    }
    return beside(fields, "box");
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

  /** The number of a line, as boards' users write it. */
  static int uart(FieldsReader fields, String key, int otherwise) throws ScenarioException {
    Optional<Yaml> value = fields.get(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    String label = FieldsReader.text(value.get(), key);
    return Cables.labelled(label)
        .orElseThrow(
            () -> value.get().place().wrong("\"" + key + "\" must be a UART: 0 to 5, sc0 or sc1"));
  }
}
