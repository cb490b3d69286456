package dev.roundhouse.kernel;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.SyscallKind;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.board.KernelTime;
import dev.roundhouse.kernel.board.Prospect;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.EventWait;
import dev.roundhouse.kernel.report.Fault;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.syscall.CallsInLine;
import dev.roundhouse.kernel.syscall.EventCalls;
import dev.roundhouse.kernel.syscall.ForeignWrites;
import dev.roundhouse.kernel.syscall.IdleTime;
import dev.roundhouse.kernel.syscall.Outcome;
import dev.roundhouse.kernel.syscall.RegisterFrames;
import dev.roundhouse.kernel.syscall.TaskSpawner;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.LoaderStage;
import dev.roundhouse.kernel.task.ResumeKind;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskTable;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The TrainsOS kernel as a model: the machine enters it with a {@link KernelEntry} and does what
 * the {@link Decision} says. An entry gives one {@link Outcome}, which is applied in one place.
 *
 * <p>On every entry a caller that may go on is queued behind the tasks that the entry made ready
 * (kernel/src/loop.c, k_loop, 9d49562): so a created child, and a sender that is replied to, run
 * before a caller of the same priority, and every call lets equals run.
 */
public final class Kernel {
  private final AbiProfile profile;
  private final KernelTime time;
  private final TaskTable tasks;
  private final Violations violations;
  private final Scheduler scheduler;
  private final TaskSpawner spawner;
  private final LoaderActivations loader;
  private final InterruptHandler interrupts;
  private final IdleTime idleTime;
  private final SyscallHandlers handlers;
  private final RegisterFrames frames;
  private final StackCheck stacks;
  private final ForeignWrites writes;
  private final CallsInLine callsInLine;
  private final Runnable startDevices;
  private final RunDecisions runs = new RunDecisions();
  private final Task idle;
  private Task current;

  /**
   * A kernel whose first tasks are made and that has not touched a device yet.
   *
   * @throws IllegalArgumentException if the entry's arguments do not fit into its stack
   */
  public Kernel(KernelConfig config) {
    KernelWiring wiring = new KernelWiring(config);
    this.profile = config.profile();
    this.time = config.hardware().time();
    this.tasks = wiring.tasks;
    this.violations = wiring.violations;
    this.scheduler = wiring.scheduler;
    this.spawner = wiring.spawner;
    this.loader = wiring.loader;
    this.interrupts = wiring.interrupts;
    this.idleTime = wiring.idleTime;
    this.handlers = wiring.handlers;
    this.frames = wiring.frames;
    this.stacks = wiring.stacks;
    this.writes = new ForeignWrites(wiring.tasks, wiring.violations);
    this.callsInLine = new CallsInLine(config.hardware().memory(), violations);
    this.startDevices = wiring::startDevices;
    this.idle = wiring.boot.makeIdle();
    this.current = idle;
    wiring.boot.writeExitStub();
    wiring.boot.makeBootTasks(scheduler);
  }

  /** Sets up the devices and starts the first task. Called once. */
  public Decision boot() {
    startDevices.run();
    return dispatch();
  }

  /**
   * Handles an entry and decides what runs next.
   *
   * @throws IllegalStateException for a system call or fault although no task runs
   */
  public Decision handle(KernelEntry entry) {
    if (current == idle) {
      leaveIdle(entry);
    }
    time.charge(profile.timings().kernelEntryNanos());
    Optional<EndOfRun> end =
        switch (entry) {
          case KernelEntry.SupervisorCall(int number) -> supervisorCall(current, number);
          case KernelEntry.Interrupt() -> interrupt(current);
          case KernelEntry.UserFault(Fault fault) ->
              Optional.of(new EndOfRun.TaskFault(current.tid(), fault));
        };
    return end.isPresent() ? new Decision.End(end.get()) : dispatch();
  }

  /** The live tasks by tid, the idle task among them. */
  public List<Task> tasks() {
    return tasks.all();
  }

  /** The live task with this tid. */
  public Optional<Task> task(Tid tid) {
    return tasks.find(tid.value());
  }

  /** The live task in whose stack an address is. */
  public Optional<Task> withStackAt(long address) {
    return tasks.withStackAt(address);
  }

  /** Whose memory an address is, as far as it is a task's, for people. */
  public String whereIs(long address) {
    return tasks.whereIs(address);
  }

  /** Whether a stack pointer of a task's is one of the stack that the kernel gave it. */
  public boolean isOnItsStack(Task task, long sp) {
    return stacks.isOnItsStack(task, sp);
  }

  /**
   * The task that runs is seen to use memory below its stack, between kernel entries.
   *
   * @param pc the instruction
   * @return how the run ends, if it is a strict one
   */
  public Optional<EndOfRun> stackOverflow(long pc, long address) {
    stacks.reached(current, pc, address);
    return violations.end();
  }

  /**
   * The task that runs is about to write bytes to where it may have nothing to write.
   *
   * @param pc the instruction
   * @return how the run ends, if it is a strict one
   */
  public Optional<EndOfRun> wrote(long pc, long address, long bytes) {
    writes.wrote(current, pc, address, bytes);
    return violations.end();
  }

  /** The task that runs; the idle task while none is ready. */
  public Task current() {
    return current;
  }

  /** Which kernel this is. */
  public AbiProfile profile() {
    return profile;
  }

  /**
   * Whether a task waits for an event that wakes it and may still come. Asked when the decision is
   * to idle.
   */
  public boolean anyEventMayStillCome(EventSources sources) {
    for (EventCalls.Waiter waiter : handlers.events().waiters()) {
      EventId event = waiter.event();
      if (profile.interrupts().wakes(event) && sources.mayStillCome(event)) {
        return true;
      }
    }
    return false;
  }

  /** The tasks that wait for events, in the order in which they began to. */
  public List<EventWait> eventWaits(EventSources sources) {
    return new EventProspects(handlers.events(), profile.interrupts(), sources).waits();
  }

  /**
   * How a run ends in which no task is ready. Waits that could never have ended are violations.
   *
   * @throws IllegalStateException if {@link #anyEventMayStillCome}
   */
  public EndOfRun endWhenNothingCanHappen(EventSources sources) {
    if (anyEventMayStillCome(sources)) {
      throw new IllegalStateException("an event may still come");
    }
    List<EventWait> waits = eventWaits(sources);
    for (EventWait wait : waits) {
      if (wait.prospect().verdict() == Prospect.Verdict.NEVER_COULD_COME) {
        tasks
            .find(wait.tid().value())
            .ifPresent(task -> violations.report(task, Rule.WAIT_WITHOUT_END, wait.text()));
      }
    }
    return violations.end().orElseGet(() -> EndAnalysis.of(tasks, waits));
  }

  /**
   * A system call. It returns to x30, not behind the svc (kernel/include/context_macro.S,
   * store_td).
   */
  private Optional<EndOfRun> supervisorCall(Task caller, int number) {
    SavedRegisters registers = caller.registers();
    long behind = registers.pc();
    registers.setPc(registers.lr());
    caller.setResumeKind(ResumeKind.AFTER_CALL);
    if (!profile.syscalls().knows(number)) {
      return Optional.of(unknownCall(caller, number));
    }
    caller.setLatestCall(profile.syscalls().at(number));
    callsInLine.look(caller, behind);
    if (!frames.hasRoomForCall(caller)) {
      return apply(caller, frames.refuseCall(caller));
    }
    stacks.entered(caller, registers.sp() - profile.memory().callFrameBytes());
    Syscall call = profile.syscalls().decode(number, registers);
    if (scheduler.isTraced()) {
      scheduler.emit(new KernelEvent.Called(caller.tid(), call));
    }
    return apply(caller, handlers.perform(caller, call));
  }

  /**
   * The real kernel branches by the number into a table of 15 branches without looking whether it
   * is one of them, and executes what lies behind (kernel/src/exception.S, syscall_handler).
   */
  private EndOfRun unknownCall(Task caller, int number) {
    String detail =
        "there are %d system calls; the kernel executes what lies behind its table for number %d"
            .formatted(profile.syscalls().size(), number);
    violations.reportUnknownCall(caller, number, detail);
    return new EndOfRun.KernelCrash(caller.tid(), Rule.UNKNOWN_SYSCALL, detail);
  }

  /** Does to tasks what a call's outcome says. */
  private Optional<EndOfRun> apply(Task caller, Outcome outcome) {
    switch (outcome) {
      case Outcome.Return(long value) -> scheduler.makeReady(caller, value);
      case Outcome.KeepResult() -> scheduler.makeReady(caller);
      case Outcome.Block block -> scheduler.block(caller, block.state());
      case Outcome.BlockAndWake both -> {
        scheduler.block(caller, both.state());
        scheduler.makeReady(both.woken(), both.result());
      }
      case Outcome.Accept accept -> {
        scheduler.block(accept.sender(), accept.state());
        scheduler.makeReady(caller, accept.value());
      }
      case Outcome.WakeAndReturn both -> {
        scheduler.makeReady(both.woken(), both.result());
        scheduler.makeReady(caller, both.value());
      }
      case Outcome.Start(Task child) -> {
        scheduler.emit(
            new KernelEvent.Created(child.tid(), child.parent(), child.priority().level()));
        scheduler.makeReady(child);
        scheduler.makeReady(caller, child.tid().value());
      }
      case Outcome.Exit(List<Task> released, long result) -> {
        scheduler.exit(caller);
        released.forEach(sender -> scheduler.makeReady(sender, result));
        spawner.remove(caller);
        runs.forget(caller);
      }
      case Outcome.End(EndOfRun why) -> {
        return Optional.of(why);
      }
    }
    return Optional.empty();
  }

  /** An interrupt: whoever it wakes is queued before the task that it interrupted. */
  private Optional<EndOfRun> interrupt(Task interrupted) {
    if (interrupted != idle && !frames.hasRoomForInterrupt(interrupted)) {
      return apply(interrupted, frames.refuseInterrupt(interrupted));
    }
    if (interrupted.program().isPresent()) {
      long lowest = interrupted.registers().sp() - profile.memory().interruptFrameBytes();
      stacks.entered(interrupted, lowest);
    }
    scheduler.emit(new KernelEvent.Interrupted(interrupted.tid()));
    OptionalInt unknown = interrupts.serve();
    if (unknown.isPresent()) {
      String detail = "interrupt %d is enabled; the kernel stops".formatted(unknown.getAsInt());
      violations.reportInterrupt(interrupted, Rule.UNEXPECTED_INTERRUPT, detail);
      return Optional.of(
          new EndOfRun.KernelCrash(interrupted.tid(), Rule.UNEXPECTED_INTERRUPT, detail));
    }
    if (interrupted != idle) {
      interrupted.setResumeKind(ResumeKind.INTERRUPTED);
      scheduler.makeReady(interrupted, interrupted.registers().x(0));
    }
    return Optional.empty();
  }

  /** Runs loaders until a task is in its program, or nothing is ready. */
  private Decision dispatch() {
    while (true) {
      Optional<EndOfRun> end = violations.end();
      if (end.isPresent()) {
        return new Decision.End(end.get());
      }
      if (!scheduler.hasReady()) {
        return idle();
      }
      current = scheduler.removeNext();
      if (current.stage() instanceof LoaderStage.InProgram) {
        return run(current);
      }
      Optional<Decision> decision = runLoader(current);
      if (decision.isPresent()) {
        return decision.get();
      }
    }
  }

  /**
   * Lets a task's loader run up to its system call, or into the program; an interrupt that waits
   * comes first, as it would on the processor.
   */
  private Optional<Decision> runLoader(Task task) {
    scheduler.activate(task);
    if (interrupts.isPending()) {
      task.registers().setX(0, task.result());
      return Optional.of(new Decision.TakeInterrupt(task));
    }
    if (task.stage() instanceof LoaderStage.Placing placing) {
      LoadedProgram program = loader.enterProgram(task, placing);
      scheduler.emit(new KernelEvent.Loaded(task.tid(), task.programName(), program.memory()));
      return Optional.of(runs.of(task));
    }
    time.charge(profile.timings().kernelEntryNanos());
    task.setLatestCall(SyscallKind.MAP_MEMORY);
    Optional<EndOfRun> end = loader.requestMemory(task);
    if (end.isEmpty()) {
      scheduler.makeReady(task);
    }
    return end.map(Decision.End::new);
  }

  private Decision run(Task task) {
    scheduler.activate(task);
    if (task.resumeKind() == ResumeKind.AFTER_CALL) {
      task.registers().setX(0, task.result());
      task.calls().returned(task.result());
    }
    return runs.of(task);
  }

  private void leaveIdle(KernelEntry entry) {
    if (!(entry instanceof KernelEntry.Interrupt)) {
      throw new IllegalStateException("no task runs that could have caused " + entry);
    }
    idleTime.end();
  }

  private Decision idle() {
    current = idle;
    idleTime.begin();
    scheduler.emit(KernelEvent.Idle.INSTANCE);
    return Decision.Idle.INSTANCE;
  }
}
