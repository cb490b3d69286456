package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ElfProblem;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what a run was made of. */
final class SetupReader {
  private final AbiProfile profile;
  private final RecordedNotes notes;
  private final Strictness strictness;
  private final long virtualLimitNanos;
  private final Map<Integer, LineKind> lines = new TreeMap<>();
  private final List<KernelConfig.Argument> arguments = new ArrayList<>();
  private final Map<String, ParseResult> programs = new TreeMap<>();
  private final Map<Integer, TrainSetPlan> trains = new TreeMap<>();
  private long programBytes;

  /** Takes the SETUP chunk. */
  SetupReader(FieldReader fields) throws RecordingException {
    profile = profile(fields.takeText());
    String engine = fields.takeText();
    strictness = fields.takeOneOf(List.of(Strictness.values()));
    virtualLimitNanos = fields.takeVarint();
    int console = fields.takeVarint(Integer.MAX_VALUE);
    if (!Bcm2711.UARTS.contains(console)) {
      throw fields.damaged("a console that the board does not have");
    }
    notes = new RecordedNotes(console, engine);
    for (int uart : Bcm2711.UARTS) {
      lines.put(uart, fields.takeOneOf(LineKind.ALL));
    }
    int count = fields.takeVarint(RecordingFormat.LARGEST_TEXT_BYTES);
    for (int i = 0; i < count; i++) {
      arguments.add(argument(fields));
    }
    fields.expectEnd();
  }

  private static AbiProfile profile(String name) throws RecordingException {
    Optional<AbiProfile> profile = AbiProfile.named(name);
    if (profile.isEmpty()) {
      String known =
          AbiProfile.all().stream().map(AbiProfile::name).collect(Collectors.joining(" and "));
      throw new RecordingException(
          "the recording is of kernel " + name + ", this Roundhouse knows " + known,
          "replay it with the Roundhouse that wrote it");
    }
    return profile.get();
  }

  private static KernelConfig.Argument argument(FieldReader fields) throws RecordingException {
    String key = fields.takeText();
    String value = fields.takeText();
    if (key.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
      throw fields.damaged("an argument with a NUL character");
    }
    return new KernelConfig.Argument(key, value);
  }

  /** Takes a PROGRAM chunk. */
  void addProgram(FieldReader fields) throws RecordingException {
    String name = fields.takeText();
    ParseResult program =
        switch (fields.takeByte()) {
          case RecordingFormat.LOADABLE -> loadable(fields);
          case RecordingFormat.REFUSED ->
              new ParseResult.Refused(
                  new ElfProblem(fields.takeText(), fields.takeText(), fields.takeText()));
          default -> throw fields.damaged("an unknown value");
        };
    fields.expectEnd();
    if (programs.put(name, program) != null) {
      throw fields.damaged("a second program " + name);
    }
    if (programs.size() > RecordingFormat.MOST_PROGRAMS) {
      throw fields.damaged("too many programs");
    }
  }

  /** A program that once was accepted is so again, whatever the policy was then. */
  private ParseResult loadable(FieldReader fields) throws RecordingException {
    String name = fields.takeText();
    int length = fields.takeVarint(RecordingFormat.LARGEST_PROGRAM_BYTES);
    programBytes += length;
    if (programBytes > RecordingFormat.LARGEST_PROGRAMS_BYTES) {
      throw fields.damaged("programs too large");
    }
    byte[] file = fields.takeDeflated(length);
    return ElfImage.parse(name, file, RelocationPolicy.SKIP_UNKNOWN);
  }

  /** Takes a TRAINS chunk. */
  void addTrains(FieldReader fields) throws RecordingException {
    int uart = fields.takeVarint(Integer.MAX_VALUE);
    if (line(uart) != LineKind.TRAINS || trains.put(uart, TrainsFields.read(fields)) != null) {
      throw fields.damaged("trains where none can be");
    }
  }

  /** Checks that everything is there. */
  void complete() throws RecordingException {
    for (int uart : Bcm2711.UARTS) {
      if (line(uart) == LineKind.TRAINS && !trains.containsKey(uart)) {
        throw RecordingException.damaged("the trains at UART" + uart + " are missing");
      }
    }
  }

  /** What is at the end of a line of kind {@link LineKind#TRAINS}. */
  TrainSetPlan trains(int uart) {
    TrainSetPlan plan = trains.get(uart);
    if (plan == null) {
      throw new IllegalArgumentException("no trains at UART" + uart);
    }
    return plan;
  }

  MachineConfig.Guest guest() {
    return new MachineConfig.Guest(profile, new ProgramCatalog(programs), arguments, strictness);
  }

  RecordedNotes notes() {
    return notes;
  }

  long virtualLimitNanos() {
    return virtualLimitNanos;
  }

  LineKind line(int uart) {
    return lines.getOrDefault(uart, LineKind.NOTHING);
  }
}
