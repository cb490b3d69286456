package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Fault;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.Tid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What people need to find out why a task could not go on: where it was, what it tried, what lies
 * there, its registers, who called it and what happened before. About 100 columns wide.
 */
public final class FaultReport {
  private static final int REGISTERS_PER_LINE = 4;
  private static final int GENERAL_REGISTERS = 31;

  private final Source scene;
  private final Symbols symbols;
  private final Neighbourhood neighbourhood;

  private FaultReport(Source scene) {
    this.scene = scene;
    symbols = scene.symbols;
    neighbourhood = new Neighbourhood(scene.kernel, scene.memory.range());
  }

  /**
   * Where it happened.
   *
   * @param kernel with the tasks as they were
   * @param symbols of their programs
   * @param memory the RAM of tasks
   * @param latestBlock where the code starts that the processor executed last
   */
  public record Source(
      Kernel kernel, Symbols symbols, PhysicalMemory memory, LongSupplier latestBlock) {}

  /**
   * The report's lines, for an end that tasks' own code brought about.
   *
   * @return none for other ends, and when the task is gone
   */
  public static List<String> of(Source scene, EndOfRun end) {
    return end instanceof EndOfRun.Deadlock(var chain)
        ? new WaitReport(scene.kernel, scene.symbols, scene.memory).of(chain)
        : culprit(scene, end)
            .map(task -> new FaultReport(scene).lines(task, end))
            .orElse(List.of());
  }

  /** Where the task was whose own code brought about an end, innermost first; else none. */
  public static List<CodePlace> frames(Source scene, EndOfRun end) {
    return culprit(scene, end)
        .map(task -> Backtrace.places(task, scene.symbols, scene.memory))
        .orElse(List.of());
  }

  private static Optional<Task> culprit(Source scene, EndOfRun end) {
    return switch (end) {
      case EndOfRun.TaskFault(Tid tid, var _) -> scene.kernel.task(tid);
      case EndOfRun.BadPointer bad -> scene.kernel.task(bad.tid());
      case EndOfRun.KernelCrash crash -> scene.kernel.task(crash.tid());
      case EndOfRun.StrictViolation strict -> scene.kernel.task(strict.violation().tid());
      case EndOfRun.Deadlock _,
          EndOfRun.Finished _,
          EndOfRun.Quit _,
          EndOfRun.UnknownProgram _,
          EndOfRun.CannotLoad _ ->
          Optional.empty();
    };
  }

  /**
   * The report's lines, for a run that a limit or the user ended.
   *
   * @param end in words
   */
  public static List<String> ofCut(Source scene, String end) {
    return new WaitReport(scene.kernel, scene.symbols, scene.memory).ofCut(end);
  }

  private static OptionalLong address(EndOfRun end) {
    return switch (end) {
      case EndOfRun.TaskFault(var _, Fault fault) -> address(fault);
      case EndOfRun.BadPointer bad -> OptionalLong.of(bad.where().address());
      default -> OptionalLong.empty();
    };
  }

  private static OptionalLong address(Fault fault) {
    return switch (fault) {
      case Fault.DataAbort abort -> OptionalLong.of(abort.address());
      case Fault.PrefetchAbort(long address) -> OptionalLong.of(address);
      case Fault.Alignment(long address) -> OptionalLong.of(address);
      case Fault.PcAlignment(long address) -> OptionalLong.of(address);
      case Fault.UndefinedInstruction _, Fault.Breakpoint _, Fault.GaveUp _, Fault.Other _ ->
          OptionalLong.empty();
    };
  }

  private List<String> lines(Task task, EndOfRun end) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(Printable.line(task.programName()), end.text()));
    List<CodePlace> places = Backtrace.places(task, symbols, scene.memory);
    CodePlace own = CodePlace.own(places);
    CallLines calls = new CallLines(scene.kernel, symbols, scene.memory);
    lines.add("  pc       " + symbols.described(places.getFirst()));
    if (!own.equals(places.getFirst())) {
      lines.add("  in       " + symbols.described(own));
    }
    if (isJump(end) && places.stream().noneMatch(CodePlace::isNamed)) {
      long from = scene.latestBlock.getAsLong();
      lines.add("  from     " + symbols.described(from) + ", by a pointer or a stack overwritten");
      calls.latest(task).ifPresent(call -> lines.add("  before   " + call));
    }
    OptionalLong address = address(end);
    if (address.isPresent()) {
      long at = address.getAsLong();
      lines.add("  address  0x%x is %s".formatted(at, neighbourhood.of(at, task)));
    }
    lines.add("  stack    " + stack(task));
    lines.add("  backtrace");
    lines.addAll(Backtrace.of(task, symbols, scene.memory));
    addRegisters(task.registers(), lines);
    addCalls(calls.ofAll(), lines);
    return lines;
  }

  private static boolean isJump(EndOfRun end) {
    return end instanceof EndOfRun.TaskFault(var _, Fault fault)
        && (fault instanceof Fault.PrefetchAbort || fault instanceof Fault.PcAlignment);
  }

  private String stack(Task task) {
    long sp = task.registers().sp();
    return "%s, sp 0x%x: %s".formatted(task.stack(), sp, stackUse(task, sp));
  }

  private String stackUse(Task task, long sp) {
    if (task.stack().contains(sp) || sp == task.stack().end()) {
      return "%d bytes in use".formatted(task.stack().end() - sp);
    }
    return sp >= 0 && sp < task.stack().start()
        ? "%d bytes below it, a stack overflow".formatted(task.stack().start() - sp)
        : neighbourhood.of(sp, task);
  }

  private static void addRegisters(SavedRegisters registers, List<String> lines) {
    lines.add("  registers");
    for (int first = 0; first < GENERAL_REGISTERS; first += REGISTERS_PER_LINE) {
      StringBuilder line = new StringBuilder("   ");
      int last = Math.min(first + REGISTERS_PER_LINE, GENERAL_REGISTERS);
      for (int number = first; number < last; number++) {
        line.append(" %3s %016x".formatted("x" + number, registers.x(number)));
      }
      lines.add(line.toString());
    }
    lines.add(
        "     sp %016x  pc %016x  pstate %08x"
            .formatted(registers.sp(), registers.pc(), registers.pstate()));
  }

  private static void addCalls(List<String> calls, List<String> lines) {
    lines.add(calls.isEmpty() ? "  no system calls before" : "  last system calls, latest last");
    lines.addAll(calls);
  }
}
