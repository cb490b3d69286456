package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.tasks.TaskInfo;
import dev.roundhouse.emulator.tasks.TaskList;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.task.Tid;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine on a test bench. Its time is virtual and stands still unless a test lets it run; what a
 * test types enters at the present time. The same plan and the same steps give the same run.
 */
public final class TestMachine implements AutoCloseable {
  private final TestMachinePlan plan;
  private final SortedMap<Integer, Transcript> transcripts = new TreeMap<>();
  private final Timeline timeline = new Timeline();
  private final TypedInput input = new TypedInput();
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Machine machine;
  private @Nullable Condition awaited;
  private @Nullable RunResult result;

  /**
   * Puts a machine on the bench; nothing runs yet.
   *
   * @throws dev.roundhouse.devices.file.DescriptionException if the trains do not fit the layout
   */
  public TestMachine(TestMachinePlan plan) {
    this.plan = plan;
    machine = new Machine(config());
  }

  private MachineConfig config() {
    Map<Integer, UartAttachment> lines = new TreeMap<>();
    for (int uart : Cables.SERIAL) {
      Transcript transcript = new Transcript();
      transcripts.put(uart, transcript);
      lines.put(uart, new UartAttachment(new InputSource.Live(input::start), transcript));
    }
    plan.track()
        .ifPresent(track -> {
          transcripts.remove(track.uart());
          lines.put(
              track.uart(),
              new UartAttachment(new InputSource.SimulatedTrains(track.plan()), OutputPort.none()));
        });
    return new MachineConfig(
        plan.engine().engine(),
        plan.guest(),
        lines,
        new MachineConfig.Run(plan.limits(), MachineConfig.Pacing.UNPACED),
        new MachineConfig.Listeners(
            timeline.listeningFor(this::happened), this::violated, this::warned, input));
  }

  private void happened(TraceEvent event) {
    Condition waited = awaited;
    if (waited != null && waited.mayHoldAfter(event)) {
      machine.lookSoon();
    }
  }

  private void violated(Violation violation) {
    violations.add(violation);
    complaints.add("violation: " + machine.line(violation));
  }

  private void warned(String where, String what) {
    complaints.add("warning: " + where + ": " + what);
  }

  /**
   * Lets the machine run until a condition holds, at most so long. It is asked before anything
   * runs, too.
   */
  public Wait runUntil(Condition condition, Duration limit) {
    if (result == null && !condition.holds()) {
      run(condition, limit);
    }
    if (condition.holds()) {
      return new Wait.Reached();
    }
    return result == null ? new Wait.TimeIsUp() : new Wait.Over(result);
  }

  private void run(Condition condition, Duration limit) {
    long until = later(machine.now().nanos(), limit);
    awaited = condition;
    try {
      Optional<RunResult> end = machine.runUntil(new Pause(until, condition::holds));
      result = end.orElse(null);
    } finally {
      awaited = null;
    }
  }

  private static long later(long nanos, Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time goes on, not back: " + by);
    }
    try {
      return Math.addExact(nanos, by.toNanos());
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * Types bytes for a UART; programs take them when they can.
   *
   * @throws IllegalStateException if more waits already than a line holds, the run is over, or the
   *     UART's input has ended
   * @throws IllegalArgumentException if there is no such UART, or the track is there
   */
  public void type(int uart, byte[] bytes) {
    checkTypable(uart);
    for (byte each : bytes) {
      input.put(uart, new ExternalInput.SerialByte(uart, Byte.toUnsignedInt(each)));
    }
  }

  /** Lets a UART's input end: programs that read to the end of their input see it. */
  public void endInput(int uart) {
    checkTypable(uart);
    input.end(uart);
  }

  private void checkTypable(int uart) {
    transcript(uart);
    if (result != null) {
      throw new IllegalStateException("the run is over: nobody reads what is typed at UART" + uart);
    }
  }

  /**
   * What a UART has sent.
   *
   * @throws IllegalArgumentException if there is no such UART, or the track is there
   */
  public Transcript transcript(int uart) {
    Transcript transcript = transcripts.get(uart);
    if (transcript == null) {
      boolean isTrack = plan.track().filter(track -> track.uart() == uart).isPresent();
      throw new IllegalArgumentException(
          isTrack
              ? Cables.name(uart) + " leads to the simulated track"
              : "there is no UART" + uart + "; there are " + transcripts.keySet());
    }
    return transcript;
  }

  /** What happened so far. */
  public Timeline timeline() {
    return timeline;
  }

  /** The tasks as they are now. */
  public TaskList tasks() {
    return machine.taskList();
  }

  /** The program that a task is or was made of, as far as it is known. */
  public Optional<String> program(int tid) {
    return timeline.program(new Tid(tid)).or(() -> tasks().task(tid).flatMap(TaskInfo::program));
  }

  /** The simulated train set, if there is one. */
  public Optional<TrainSet> trains() {
    return plan.track().map(track -> machine.trainSets().get(track.uart()));
  }

  /** The UART that leads to the simulated track, or {@link Cables#CAN}, if there is one. */
  public Optional<Integer> trackUart() {
    return plan.track().map(TestMachinePlan.TrackAt::uart);
  }

  /** What programs did wrong so far. */
  public List<Violation> violations() {
    return Collections.unmodifiableList(violations);
  }

  /** Violations and warnings so far, a line each. */
  public List<String> complaints() {
    return Collections.unmodifiableList(complaints);
  }

  /** The present virtual time. */
  public VirtualTime now() {
    return machine.now();
  }

  /** How the run went, if it is over. */
  public Optional<RunResult> result() {
    return Optional.ofNullable(result);
  }

  /** What is known of a guest that could not go on; empty when there is none. */
  public List<String> report() {
    return machine.report();
  }

  /**
   * Writes a recording of all that happened, up to now. It is made by running the same steps again
   * on another machine, which takes as long as the run took.
   *
   * @param out is closed
   * @throws RecordingException when such a run cannot be recorded, or did not come out the same
   */
  public void record(OutputStream out) throws IOException, RecordingException {
    new SecondRun(plan, input.entered(), transcripts.keySet()).record(now(), result(), out);
  }

  @Override
  public void close() {
    machine.close();
  }
}
