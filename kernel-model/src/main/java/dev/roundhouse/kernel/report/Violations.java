package dev.roundhouse.kernel.report;

import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.kernel.abi.SyscallTable;
import dev.roundhouse.kernel.task.Task;
import java.util.List;
import java.util.Optional;

/** Collects what tasks do against the rules, for the sink and for a strict run's end. */
public final class Violations {
  private final VirtualClock clock;
  private final ViolationSink sink;
  private final Strictness strictness;
  private final SyscallTable syscalls;
  private Optional<EndOfRun> end = Optional.empty();

  /** Reports to {@code sink} with the time of {@code clock} what happens in calls of a kernel. */
  public Violations(
      VirtualClock clock, ViolationSink sink, Strictness strictness, SyscallTable syscalls) {
    this.clock = clock;
    this.sink = sink;
    this.strictness = strictness;
    this.syscalls = syscalls;
  }

  /** {@code task} broke a rule in the system call that it made last. */
  public void report(Task task, Rule rule, String detail) {
    List<Long> arguments = syscalls.arguments(task.latestCall(), task.registers());
    report(
        task,
        new Place(task.latestCall().callName(), arguments, returnAddress(task)),
        rule,
        detail);
  }

  /** {@code task} made a system call that does not exist. */
  public void reportUnknownCall(Task task, int number, String detail) {
    Place place = new Place("svc #" + number, List.of(), returnAddress(task));
    report(task, place, Rule.UNKNOWN_SYSCALL, detail);
  }

  /**
   * An interrupt came to {@code task}, which broke a rule by how it was then, or by enabling it.
   */
  public void reportInterrupt(Task task, Rule rule, String detail) {
    Place place = new Place(EndOfRun.BadPointer.INTERRUPT, List.of(), task.registers().pc());
    report(task, place, rule, detail);
  }

  /** The instruction at {@code pc} of {@code task}'s own code broke a rule. */
  public void reportInstruction(Task task, long pc, Rule rule, String detail) {
    report(task, new Place("", List.of(), pc), rule, detail);
  }

  /** How the run ends because of a violation; empty if it goes on. */
  public Optional<EndOfRun> end() {
    return end;
  }

  private static long returnAddress(Task task) {
    return task.registers().lr();
  }

  /** The kernel entry that a task was in, and where the task goes on. */
  private record Place(String call, List<Long> arguments, long pc) {}

  private void report(Task task, Place place, Rule rule, String detail) {
    Violation violation =
        new Violation(clock.now(), task.tid(), place.call, place.arguments, place.pc, rule, detail);
    sink.violated(violation);
    if (strictness == Strictness.STRICT && end.isEmpty()) {
      end = Optional.of(new EndOfRun.StrictViolation(violation));
    }
  }
}
