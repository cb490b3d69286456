package dev.roundhouse.system;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.emulator.conformance.oracle.TraceOracle;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.KernelConfig.Argument;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.report.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Programs to run on a machine, its console a piped input and a buffer for the output. */
public final class ProgramRun {
  private static final int CONSOLE = 2;
  private static final Duration WALL_LIMIT = Duration.ofMinutes(2);

  private final Map<String, ParseResult> programs = new LinkedHashMap<>();
  private final List<Argument> arguments = new ArrayList<>();
  private final Map<Integer, UartAttachment> lines = new TreeMap<>();
  private Strictness strictness = Strictness.TOLERANT;
  private Duration limit = Duration.ofMinutes(10);
  private String input = "";
  private TraceMode traceMode = TraceMode.OFF;
  private final Set<Guard> guards = new TreeSet<>();
  private Extras extras = Extras.NONE;
  private Function<Machine, RunResult> course = Pausing.NEVER::run;

  private enum TraceMode {
    OFF,
    TRAINS,
    ON
  }

  /** A system of bundled programs; the name server is always among them. */
  public static ProgramRun bundled(String entry, String... others) {
    ProgramRun guest = new ProgramRun().entry(entry, Images.bundled(entry));
    for (String other : others) {
      guest.program(other, Images.bundled(other));
    }
    return guest.program("name_server", Images.bundled("name_server"));
  }

  /** A program that is task 1, known by its own name too. */
  public ProgramRun entry(String name, byte[] elf) {
    return program(name, elf).program("user_entry", elf);
  }

  /** A program that can be created. */
  public ProgramRun program(String name, byte[] elf) {
    programs.put(name, ElfImage.parse(name, elf));
    return this;
  }

  /** An argument of the entry. */
  public ProgramRun arg(String key, String value) {
    arguments.add(new Argument(key, value));
    return this;
  }

  /** What the console receives, a byte for each character; then its input has ended. */
  public ProgramRun input(String text) {
    input = text;
    return this;
  }

  /** The limit of virtual time. */
  public ProgramRun limit(Duration virtual) {
    limit = virtual;
    return this;
  }

  /** Lets the first violation end the run. */
  public ProgramRun strict() {
    strictness = Strictness.STRICT;
    return this;
  }

  /** Watches writes. */
  public ProgramRun guarded(Guard... what) {
    guards.addAll(List.of(what));
    return this;
  }

  /** Gives the machine more than the board. */
  public ProgramRun extras(Extras newExtras) {
    extras = newExtras;
    return this;
  }

  /** Pauses each time when so much virtual time has passed. */
  public ProgramRun pausing(Duration every) {
    return driven(new Pausing(every)::run);
  }

  /** Lets somebody run the machine to its end. */
  public ProgramRun driven(Function<Machine, RunResult> newCourse) {
    course = newCourse;
    return this;
  }

  /** Keeps a trace. */
  public ProgramRun traced() {
    traceMode = TraceMode.ON;
    return this;
  }

  /** Puts a train set at a UART; the trace has what happens on it. */
  public ProgramRun trainSet(int uart, TrainSetPlan plan) {
    lines.put(uart, new UartAttachment(new InputSource.SimulatedTrains(plan), OutputPort.none()));
    traceMode = TraceMode.TRAINS;
    return this;
  }

  /** Runs on the engine library that {@code engine} stands for. */
  public GuestRecord runOn(TestEngine engine) {
    return runOn(engine.library());
  }

  /** Runs until something ends the run. */
  public GuestRecord runOn(Engine engine) {
    PipedLine console = new PipedLine(input);
    List<String> trace = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    var listeners =
        new MachineConfig.Listeners(
            recorder(trace),
            violations::add,
            (where, what) -> warnings.add(where + ": " + what),
            InputLog.none());
    try (Machine machine = new Machine(config(engine, listeners, console))) {
      var result = course.apply(machine);
      return new GuestRecord(result, console.sent(), trace, violations, warnings);
    }
  }

  /** Runs, and gives the recording of it. */
  public byte[] recordedOn(Engine engine) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    var listeners =
        new MachineConfig.Listeners(new SilentTrace(), _ -> {}, (_, _) -> {}, InputLog.none());
    MachineConfig config = config(engine, listeners, new PipedLine(input));
    try (Recorder recorder = Recorder.start(config, new RecordedNotes(CONSOLE, "tested"), file);
        Machine machine = new Machine(recorder.config())) {
      recorder.finish(machine.run());
    } catch (IOException | RecordingException e) {
      throw new IllegalStateException(e);
    }
    return file.toByteArray();
  }

  /** A machine, not yet run, whose console's output is dropped and that nobody listens to. */
  public Machine machineOn(Engine engine) {
    var listeners =
        new MachineConfig.Listeners(new SilentTrace(), _ -> {}, (_, _) -> {}, InputLog.none());
    return new Machine(config(engine, listeners, new PipedLine(input)));
  }

  /** The programs and what they run on. */
  Guest.Programs guest() {
    return new Guest.Programs(
        AbiProfile.trainsOs(), new ProgramCatalog(programs), arguments, strictness, guards);
  }

  private MachineConfig config(
      Engine engine, MachineConfig.Listeners listeners, PipedLine console) {
    var limits = new RunLimits(limit.toNanos(), WALL_LIMIT.toNanos());
    return new MachineConfig(
        engine,
        guest(),
        linesWith(console.attachment()),
        extras,
        new MachineConfig.Run(limits, MachineConfig.Pacing.UNPACED),
        listeners);
  }

  private Map<Integer, UartAttachment> linesWith(UartAttachment console) {
    Map<Integer, UartAttachment> all = new TreeMap<>(lines);
    all.put(CONSOLE, console);
    return all;
  }

  /** Keeps what is to be kept, and holds every run to the rules. */
  private TraceSink recorder(List<String> trace) {
    TraceMode mode = traceMode;
    TraceOracle oracle = new TraceOracle(guest().profile());
    return new TraceSink() {
      @Override
      public boolean isOn() {
        return true;
      }

      @Override
      public void emit(long nanos, TraceEvent event) {
        oracle.emit(nanos, event);
        if (mode == TraceMode.ON || (mode == TraceMode.TRAINS && event instanceof TrainEvent)) {
          trace.add(nanos + " " + event);
        }
      }
    };
  }
}
