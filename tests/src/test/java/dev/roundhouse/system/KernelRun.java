package dev.roundhouse.system;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.HandOver;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.abi.CallAbi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A kernel to boot on a machine, its console a piped input and a buffer for the output. */
final class KernelRun {
  private static final int CONSOLE = 0;
  private static final Duration WALL_LIMIT = Duration.ofMinutes(2);

  private final KernelImage image;
  private final Map<Integer, PipedLine> lines = new TreeMap<>();
  private final Map<Integer, String> others = new TreeMap<>();
  private final Map<Integer, TrainSetPlan> trainSets = new TreeMap<>();
  private String input = "";
  private Duration limit = Duration.ofMinutes(10);
  private Guest.OnReboot onReboot = Guest.OnReboot.END;
  private InstructionTime each = InstructionTime.OF_CHIP;
  private Optional<CallAbi> watched = Optional.empty();
  private TraceSink trace = new SilentTrace();
  private Function<Machine, RunResult> course = Pausing.NEVER::run;
  private HandOver start = HandOver.OF_FIRMWARE;

  /** What a run left behind; a character of the text for each byte. */
  record Outcome(
      RunResult result, CoreState core, String text, List<String> warnings, List<String> report) {}

  KernelRun(String name, byte[] content) throws KernelImageException {
    image = KernelImage.parse(name, content);
  }

  /** A file of the bundled test kernels. */
  static KernelRun bundled(String file) throws KernelImageException {
    return new KernelRun(file, Images.resource("/dev/roundhouse/firmware/kernels/" + file));
  }

  KernelRun input(String text) {
    input = text;
    return this;
  }

  /** What another line receives; what it sends is in the outcome. */
  KernelRun line(int line, String text) {
    others.put(line, text);
    return this;
  }

  /** A simulated train set at a line. */
  KernelRun trainSet(int line, TrainSetPlan plan) {
    trainSets.put(line, plan);
    return this;
  }

  /** Who starts it, if not the firmware. */
  KernelRun startedBy(HandOver newStart) {
    start = newStart;
    return this;
  }

  KernelRun limit(Duration virtual) {
    limit = virtual;
    return this;
  }

  KernelRun again() {
    onReboot = Guest.OnReboot.BOOT_AGAIN;
    return this;
  }

  /** How long its instructions take, if not as long as on the chip. */
  KernelRun instructionsTake(InstructionTime time) {
    each = time;
    return this;
  }

  /** Tells the kernel's system calls to a trace. */
  KernelRun watched(CallAbi abi, TraceSink newTrace) {
    watched = Optional.of(abi);
    trace = newTrace;
    return this;
  }

  /** Tells what devices do to a trace. */
  KernelRun traced(TraceSink newTrace) {
    trace = newTrace;
    return this;
  }

  /** Pauses each time when so much virtual time has passed. */
  KernelRun pausing(Duration every) {
    return driven(new Pausing(every)::run);
  }

  /** Has somebody run the machine to its end. */
  KernelRun driven(Function<Machine, RunResult> newCourse) {
    course = newCourse;
    return this;
  }

  Outcome run() throws KernelImageException {
    return runOn(TestEngine.INSTALLED.library());
  }

  Outcome runOn(Engine engine) throws KernelImageException {
    PipedLine console = new PipedLine(input);
    List<String> warnings = new ArrayList<>();
    MachineConfig config = config(engine, console, warnings);
    try (Machine machine = new Machine(config)) {
      RunResult result = course.apply(machine);
      return new Outcome(
          result, machine.core().orElseThrow(), console.sent(), warnings, machine.report());
    }
  }

  /** A machine, not yet run, whose console's output is dropped. */
  Machine machineOn(Engine engine) {
    return new Machine(config(engine, new PipedLine(input), new ArrayList<>()));
  }

  /** Runs, and gives the recording of it. */
  byte[] recordedOn(Engine engine) throws KernelImageException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    MachineConfig config = config(engine, new PipedLine(input), new ArrayList<>());
    RecordedNotes notes = new RecordedNotes(CONSOLE, "tested");
    try (Recorder recorder = Recorder.start(config, notes, file);
        Machine machine = new Machine(recorder.config())) {
      recorder.finish(machine.run());
    } catch (IOException | RecordingException e) {
      throw new IllegalStateException(e);
    }
    return file.toByteArray();
  }

  private MachineConfig config(Engine engine, PipedLine console, List<String> warnings) {
    var listeners =
        new MachineConfig.Listeners(
            trace, _ -> {}, (where, what) -> warnings.add(where + ": " + what), InputLog.none());
    var limits = new RunLimits(limit.toNanos(), WALL_LIMIT.toNanos());
    return new MachineConfig(
        engine,
        new Guest.Kernel(image, Guest.Kernel.MOST_RAM, onReboot, each, watched, start),
        attachments(console),
        new MachineConfig.Run(limits, MachineConfig.Pacing.UNPACED),
        listeners);
  }

  private Map<Integer, UartAttachment> attachments(PipedLine console) {
    lines.put(CONSOLE, console);
    others.forEach((line, text) -> lines.put(line, new PipedLine(text)));
    Map<Integer, UartAttachment> attachments = new TreeMap<>();
    lines.forEach((line, piped) -> attachments.put(line, piped.attachment()));
    trainSets.forEach((line, plan) ->
        attachments.put(
            line, new UartAttachment(new InputSource.SimulatedTrains(plan), OutputPort.none())));
    return attachments;
  }

  /** What a line of {@link #line} has sent in the latest run. */
  String sentBy(int line) {
    PipedLine piped = lines.get(line);
    return piped == null ? "" : piped.sent();
  }
}
