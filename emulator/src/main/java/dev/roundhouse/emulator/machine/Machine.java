package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.emulator.run.Reboots;
import dev.roundhouse.emulator.run.RunControl;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.tasks.TaskList;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.report.Violation;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * A Raspberry Pi 4B that runs programs on the kernel model, or boots a kernel.
 *
 * <p>Owned by the thread that made it. Other threads reach it through what its serial lines offer
 * to its gate.
 */
public final class Machine implements AutoCloseable {
  private final MachineConfig config;
  private final WiredBoard wired;
  private final Reboots reboots;
  private Execution execution;
  private Progress progress = Progress.NOT_STARTED;
  private Optional<RunEnd> end = Optional.empty();
  private Optional<VirtualTime> endedAt = Optional.empty();

  /** How far a machine has come. */
  private enum Progress {
    NOT_STARTED,
    PAUSED,
    OVER
  }

  /**
   * Assembles a machine; nothing runs yet.
   *
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot boot kernels
   * @throws IndexOutOfBoundsException when a kernel does not fit into its RAM, which {@link
   *     Guest.Kernel#requireRoom} tells before
   */
  public Machine(MachineConfig config) {
    this.config = config;
    wired = new WiredBoard(config);
    reboots = new Reboots(config.listeners().warnings());
    execution = start();
  }

  private Execution start() {
    Arena arena = Arena.ofShared();
    try {
      return switch (config.guest()) {
        case Guest.Programs programs -> new ModelExecution(config, programs, wired, arena);
        case Guest.Kernel kernel -> new KernelExecution(config, kernel, wired, arena);
      };
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Runs until something ends the run. A machine runs once.
   *
   * @throws java.io.UncheckedIOException when the output of a UART cannot be written
   * @throws SharedFileCutException when a shared file was made shorter
   */
  public RunResult run() {
    return runUntil(Pause.NEVER)
        .orElseThrow(() -> new IllegalStateException("the run stopped and nobody ended it"));
  }

  /**
   * Starts the run, or goes on with it, until a pause or its end. Pauses change nothing of it. When
   * a kernel wants a reboot it starts again, with fresh RAM and devices, while time goes on.
   *
   * @return how it went, when it is over; empty when it has paused
   * @throws IllegalStateException when it is over already
   * @throws java.io.UncheckedIOException when the output of a UART cannot be written
   * @throws SharedFileCutException when a shared file was made shorter
   */
  public Optional<RunResult> runUntil(Pause pause) {
    if (progress == Progress.OVER) {
      throw new IllegalStateException("the run is over");
    }
    if (progress == Progress.NOT_STARTED) {
      wired.start();
    }
    progress = Progress.OVER;
    RunControl control = wired.control();
    control.pauseAt(pause);
    execution.go();
    while (!control.hasEnded() && execution.wantsReset()) {
      reset();
    }
    control.checkHost();
    end = control.end();
    if (end.isEmpty()) {
      progress = Progress.PAUSED;
      wired.lines().flush();
      return Optional.empty();
    }
    reboots.over();
    endedAt = Optional.of(now());
    RunResult result =
        new RunResult(end.get(), now(), execution.time().instructions(), execution.kernelEntries());
    wired.lines().drain(execution.time());
    return Optional.of(result);
  }

  private void reset() {
    boolean bootsAgain =
        config.guest() instanceof Guest.Kernel kernel
            && kernel.onReboot() == Guest.OnReboot.BOOT_AGAIN;
    if (!bootsAgain) {
      wired.control().endWith(new RunEnd.Rebooted());
      return;
    }
    reboots.rebooted(now(), wired.lines().transmitting());
    wired.control().checkHost();
    execution.close();
    wired.reset();
    execution = start();
    execution.go();
  }

  /** Lets the machine ask at its next opportunity whether to pause. Only on its own thread. */
  public void lookSoon() {
    wired.control().lookSoon();
    execution.budget().cutShort();
  }

  /**
   * Ends the run at its next opportunity, as a user does who stops it; so a recording has it too.
   * Only on its own thread.
   */
  public void stopSoon() {
    wired.requestStop();
    lookSoon();
  }

  /** Lets the run end at its next opportunity, as if the user asked for it. Any thread. */
  public void stopFromOutside() {
    wired.requestStop();
  }

  /** What the processor executes now, for people. */
  public String whatRuns() {
    return execution.whatRuns();
  }

  /** Why nothing more seems to come of a booted kernel, as far as can be seen; a line each. */
  public List<String> hints() {
    return execution.hints();
  }

  /** The simulated train sets by the UARTs that they are at. */
  public SortedMap<Integer, TrainSet> trainSets() {
    return wired.lines().trainSets();
  }

  /** The kernel model with its tasks; empty on a machine that boots a kernel. */
  public Optional<Kernel> kernel() {
    return execution instanceof ModelExecution model
        ? Optional.of(model.kernel())
        : Optional.empty();
  }

  /** The RAM that tasks of the kernel model see. */
  public Optional<PhysicalMemory> memory() {
    return execution instanceof ModelExecution model
        ? Optional.of(model.memory())
        : Optional.empty();
  }

  /** A violation of the kernel model's rules in a line, as soon as it is told of. */
  public String line(Violation violation) {
    return execution.line(violation);
  }

  /**
   * Which line of the guest's source did what an event tells, while that is told; empty if none
   * did.
   */
  public Optional<String> source(TraceEvent event) {
    return execution.source(event);
  }

  /** The tasks as they are now, or were when the run ended; empty where they are not known. */
  public Optional<TaskReport> tasks() {
    return execution.tasks(endedAt.orElseGet(this::now));
  }

  /** The tasks in short; of a booted kernel those that are seen at its boundary. */
  public TaskList taskList() {
    return execution.taskList();
  }

  /**
   * Has {@code listener} shown the tasks, as {@link #tasks} has them, on the machine's thread each
   * time that somebody asks for them: at the keyboard or by {@link #showTasks}.
   */
  public void whenTasksAreWanted(Consumer<Optional<TaskReport>> listener) {
    wired.control().whenTasksAreWanted(() -> listener.accept(tasks()));
  }

  /** Asks for the tasks to be shown soon. Any thread may do so. */
  public void showTasks() {
    wired.control().askForTasks();
  }

  /** What a debugger reaches of the guest while the machine stands still, until it goes on. */
  public Inspection inspection() {
    return execution.inspection();
  }

  /** Lets no real time pass for the machine until it goes on from its present pause. */
  public void standStill() {
    wired.control().standStill();
  }

  /** Has the machine look up from guest code soon. Any thread may do so. */
  public void callFromOutside() {
    wired.control().call().call();
  }

  /** Whether somebody wants the run to end, which it has not yet seen. Any thread may ask. */
  public boolean isStopWanted() {
    return wired.isStopWanted();
  }

  /** What the registers of a booted kernel's core hold; empty for programs. */
  public Optional<CoreState> core() {
    return execution.core();
  }

  /**
   * What is known of a guest that could not go on, or that was ended from outside: where it was and
   * how it came there, in lines of about 100 columns. Empty while the run is not over.
   */
  public List<String> report() {
    return end.map(execution::report).orElse(List.of());
  }

  /** Where a guest was that could not go on, innermost first; none for other ends. */
  public List<CodePlace> frames() {
    return end.map(execution::frames).orElse(List.of());
  }

  /** The present virtual time. */
  public VirtualTime now() {
    return wired.clock().now();
  }

  @Override
  public void close() {
    wired.stop();
    execution.close();
  }
}
