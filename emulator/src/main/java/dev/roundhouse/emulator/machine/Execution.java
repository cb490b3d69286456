package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.tasks.TaskList;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.report.Violation;
import java.util.List;
import java.util.Optional;

/**
 * A guest from one reset of the board to the next: its RAM, the processor that executes it, and who
 * handles the traps of that.
 */
sealed interface Execution extends AutoCloseable permits ModelExecution, KernelExecution {
  /**
   * Starts, or goes on after a pause, until the run is over or pauses, or the guest wants the board
   * to be reset. A run that was paused is the same as one that was not, instruction by instruction.
   */
  void go();

  /** Whether it has stopped because the guest wants the board to be reset. */
  boolean wantsReset();

  /** The instructions that the processor may execute. */
  InstructionBudget budget();

  /** The time that they take. */
  GuestTime time();

  /** System calls that tasks have made, or exceptions that the core has taken. */
  long kernelEntries();

  /**
   * What is known of a guest at its end, in lines of which the first is the end; none if nothing.
   */
  List<String> report(RunEnd end);

  /** Where the guest was that could not go on, innermost first; none for other ends. */
  List<CodePlace> frames(RunEnd end);

  /** A violation of the kernel model's rules in a line, as soon as it is told of. */
  String line(Violation violation);

  /** Which line of the guest's source did what an event tells, now; empty if none did. */
  Optional<String> source(TraceEvent event);

  /** The tasks as they are at a time, now; empty where they are not known. */
  Optional<TaskReport> tasks(VirtualTime now);

  /** The tasks in short, as far as they are known; it follows them. */
  TaskList taskList();

  /** What runs now, for people. */
  String whatRuns();

  /** Why nothing more seems to come of it, a line each. */
  List<String> hints();

  /** What the registers of a booted kernel's core hold. */
  Optional<CoreState> core();

  /** What a debugger reaches of it. */
  Inspection inspection();

  /** Lets go of the processor and its memory; once more does nothing. */
  @Override
  void close();
}
