package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.emulator.guard.MemoryAccesses;
import dev.roundhouse.emulator.ports.AfterAccess;
import dev.roundhouse.emulator.ports.PollSkip;
import dev.roundhouse.emulator.ports.Semihosting;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.RunControl;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.Decision;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.KernelEntry;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Fault;
import dev.roundhouse.kernel.task.ResumeKind;
import dev.roundhouse.kernel.task.Task;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the kernel model: takes each trap of the processor to the kernel, and puts the task
 * that the kernel decides on into the processor.
 *
 * <p>After each kernel entry it settles: interrupts that are pending are taken before the next
 * task's first instruction, as they are on return to EL0, and with nothing ready time leaps to the
 * next alarm.
 */
final class ModelTraps implements UserTraps, AfterAccess {
  private static final int CACHED_CALLS = 32;

  private final Kernel kernel;
  private final Cpu cpu;
  private final Board board;
  private final GuestTime time;
  private final RunControl control;
  private final EventSources sources;
  private final Semihosting semihosting;
  private final PollSkip polls;
  private final MemoryAccesses accesses;
  private final GiveUps giveUps;
  private final Halts halts;
  private final PhysicalMemory memory;
  private final KernelEntry.SupervisorCall[] calls = new KernelEntry.SupervisorCall[CACHED_CALLS];
  private @Nullable Task live;
  private boolean liveIsSaved;
  private Stage stage = Stage.NOT_STARTED;
  private Decision pending = Decision.Idle.INSTANCE;
  private long supervisorCalls;

  ModelTraps(
      Kernel kernel, Cpu cpu, GuestTime time, RunControl control, ModelExecution.Signals around) {
    this.kernel = kernel;
    this.cpu = cpu;
    this.time = time;
    this.control = control;
    board = around.board();
    sources = around.sources();
    semihosting = around.semihosting();
    polls = around.polls();
    accesses = new MemoryAccesses(kernel, cpu, time, around.guards());
    giveUps = around.giveUps();
    halts = around.halts();
    memory = around.memory();
    for (int number = 0; number < CACHED_CALLS; number++) {
      calls[number] = new KernelEntry.SupervisorCall(number);
    }
  }

  /** Where the loop is while the processor does not run. */
  private enum Stage {
    /** Nothing has run yet. */
    NOT_STARTED,
    /** Behind a kernel entry, whose decision is pending. */
    BEHIND_ENTRY,
    /** Before a block of a task, whose registers are all saved. */
    BETWEEN_BLOCKS,
    /** Halted before an instruction of a task, whose registers are all saved. */
    IN_BLOCK,
    /** In a task's wait for an interrupt. */
    WAITING
  }

  /** Starts the run, or goes on after a pause, until the run is over or pauses. */
  void go() {
    if (stage != Stage.IN_BLOCK) {
      control.look(time.nanos());
    }
    if (takeUp() == AfterTrap.RESUME) {
      cpu.run(this);
    }
  }

  private AfterTrap takeUp() {
    return switch (stage) {
      case NOT_STARTED -> goOnWith(settle(kernel.boot()));
      case BEHIND_ENTRY -> goOnWith(settle(pending));
      case WAITING -> waitOn();
      case IN_BLOCK -> {
        cpu.resumeAll(kernel.current().registers().array());
        yield AfterTrap.RESUME;
      }
      case BETWEEN_BLOCKS -> {
        if (control.mustLeave()) {
          yield AfterTrap.LEAVE;
        }
        if (board.irqAsserted()) {
          yield goOnWith(settle(kernel.handle(KernelEntry.Interrupt.INSTANCE)));
        }
        time.plan(control.nextNanos());
        cpu.resumeAll(kernel.current().registers().array());
        yield AfterTrap.RESUME;
      }
    };
  }

  /** System calls that tasks have made. */
  long supervisorCalls() {
    return supervisorCalls;
  }

  @Override
  public AfterTrap supervisorCall(int immediate) {
    catchUp();
    supervisorCalls++;
    Task caller = kernel.current();
    long[] registers = caller.registers().array();
    cpu.readCall(registers);
    caller.calls().called(time.nanos(), immediate, registers, memory);
    Optional<EndOfRun> end = giveUps.called(caller, immediate, kernel.profile().syscalls());
    if (end.isPresent()) {
      control.endWith(new RunEnd.ByModel(end.get()));
      return AfterTrap.LEAVE;
    }
    liveIsSaved = false;
    return goOnWith(settle(kernel.handle(call(immediate))));
  }

  @Override
  public void reached(long pc) {
    if (giveUps.entered(kernel.current(), pc)) {
      control.endBy(
          time.present(0) + GiveUps.MOST_NANOS,
          () -> new RunEnd.ByModel(giveUps.panic().orElseThrow()));
      planOn();
    }
  }

  @Override
  public AfterTrap mayHalt(long pc) {
    Task task = kernel.current();
    if (!halts.at(task.tid().value(), pc)) {
      return AfterTrap.RESUME;
    }
    polls.forget();
    saveInterrupted(task, pc);
    stage = Stage.IN_BLOCK;
    return AfterTrap.LEAVE;
  }

  private KernelEntry call(int number) {
    return number < CACHED_CALLS ? calls[number] : new KernelEntry.SupervisorCall(number);
  }

  @Override
  public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
    time.catchUpWithout(blockInstructions);
    tellOfStores();
    kernel.current().registers().setPc(blockAddress);
    control.lookIfDue(time.nanos());
    if (!control.mustLeave() && !board.irqAsserted()) {
      polls.block(blockAddress, blockInstructions);
      goOnIntoBlock(blockInstructions);
      return AfterTrap.RESUME;
    }
    polls.forget();
    Task interrupted = kernel.current();
    saveInterrupted(interrupted, blockAddress);
    if (control.mustLeave()) {
      stage = Stage.BETWEEN_BLOCKS;
      return AfterTrap.LEAVE;
    }
    Decision next = settle(kernel.handle(KernelEntry.Interrupt.INSTANCE));
    if (!control.mustLeave() && next instanceof Decision.Run(Task task) && task == interrupted) {
      goOnIntoBlock(blockInstructions);
      return AfterTrap.RESUME;
    }
    return goOnWith(next);
  }

  private void goOnIntoBlock(int instructions) {
    time.plan(control.nextNanos());
    cpu.budget().count(instructions);
    if (polls.wantsBlock()) {
      cpu.budget().cutShort();
    }
  }

  /**
   * The processor goes on until the next alarm, or not at all when an interrupt is pending; to the
   * next block only while a poll loop is followed.
   */
  @Override
  public void planOn() {
    if (board.irqAsserted() || polls.wantsBlock()) {
      cpu.budget().cutShort();
    } else {
      time.plan(control.nextNanos());
    }
  }

  private void saveInterrupted(Task task, long pc) {
    long[] registers = task.registers().array();
    cpu.readAll(registers);
    registers[SavedRegisters.PC] = pc;
    liveIsSaved = true;
  }

  @Override
  public AfterTrap fault(Fault fault) {
    catchUp();
    cpu.readAll(kernel.current().registers().array());
    liveIsSaved = true;
    return goOnWith(settle(kernel.handle(new KernelEntry.UserFault(fault))));
  }

  @Override
  public AfterTrap closedAccess(long address, Fault.Access direction) {
    return goOnUnless(accesses.closed(address, direction));
  }

  @Override
  public AfterTrap codeWrite(long address, int bytes) {
    return goOnUnless(accesses.toCode(address, bytes));
  }

  @Override
  public void stores(long address, int bytes) {
    accesses.any(address, bytes);
  }

  private void catchUp() {
    time.catchUp();
    tellOfStores();
  }

  private void tellOfStores() {
    accesses.tell().map(RunEnd.ByModel::new).ifPresent(control::endWith);
  }

  private AfterTrap goOnUnless(Optional<EndOfRun> end) {
    if (end.isEmpty()) {
      return AfterTrap.RESUME;
    }
    liveIsSaved = true;
    control.endWith(new RunEnd.ByModel(end.get()));
    stage = Stage.BETWEEN_BLOCKS;
    return AfterTrap.LEAVE;
  }

  /** How many bytes of a task's stack were ever in use, as far as it is known. */
  long stackUsed(Task task) {
    return accesses.stackUsed(task, memory);
  }

  @Override
  public AfterTrap waitForInterrupt() {
    catchUp();
    Task task = kernel.current();
    cpu.readAll(task.registers().array());
    liveIsSaved = true;
    return waitOn();
  }

  private AfterTrap waitOn() {
    while (!control.mustLeave() && !board.irqAsserted()) {
      idle();
    }
    if (control.mustLeave()) {
      stage = Stage.WAITING;
      return AfterTrap.LEAVE;
    }
    return goOnWith(settle(kernel.handle(KernelEntry.Interrupt.INSTANCE)));
  }

  @Override
  public AfterTrap semihosting() {
    catchUp();
    long[] registers = kernel.current().registers().array();
    cpu.readAll(registers);
    return switch (semihosting.serve((int) registers[0], registers[1])) {
      case Semihosting.Answer.Exit(int code) -> {
        control.endWith(new RunEnd.Exited(code));
        yield AfterTrap.LEAVE;
      }
      case Semihosting.Answer.Value(long x0) -> {
        registers[0] = x0;
        registers[SavedRegisters.PC] += Integer.BYTES;
        cpu.resumeAll(registers);
        planOn();
        yield AfterTrap.RESUME;
      }
    };
  }

  /**
   * Takes pending interrupts and waits while nothing is ready, until a task may run or the run
   * ends.
   */
  private Decision settle(Decision decision) {
    Decision next = decision;
    while (true) {
      control.lookIfDue(time.nanos());
      if (next instanceof Decision.End(var why)) {
        control.endWith(new RunEnd.ByModel(giveUps.panic().orElse(why)));
      }
      if (control.mustLeave()) {
        return next;
      }
      if (next instanceof Decision.TakeInterrupt || board.irqAsserted()) {
        saveLive();
        next = kernel.handle(KernelEntry.Interrupt.INSTANCE);
      } else if (next instanceof Decision.Run) {
        return next;
      } else {
        idle();
      }
    }
  }

  /**
   * A task that an interrupt keeps from its first instruction has its result in its registers
   * already.
   */
  void saveLive() {
    Task task = live;
    if (task != null && !liveIsSaved) {
      cpu.readPreserved(task.registers().array());
      liveIsSaved = true;
    }
  }

  private void idle() {
    if (!kernel.anyEventMayStillCome(sources)) {
      EndOfRun end = kernel.endWhenNothingCanHappen(sources);
      control.endWith(new RunEnd.ByModel(giveUps.panic().orElse(end)));
      return;
    }
    control.leap(time, time.nextAlarmNanos());
  }

  private AfterTrap goOnWith(Decision decision) {
    polls.forget();
    if (control.mustLeave() || !(decision instanceof Decision.Run(Task task))) {
      pending = decision;
      stage = Stage.BEHIND_ENTRY;
      return AfterTrap.LEAVE;
    }
    if (task.resumeKind() == ResumeKind.FRESH && halts.beforeProgramOf(task)) {
      pending = decision;
      stage = Stage.BEHIND_ENTRY;
      return AfterTrap.LEAVE;
    }
    time.plan(control.nextNanos());
    if (task == live && !liveIsSaved) {
      cpu.resumeCall(task.registers().array());
      return AfterTrap.RESUME;
    }
    Task leaving = live;
    if (leaving != null && !liveIsSaved) {
      cpu.readPreserved(leaving.registers().array());
    }
    if (task.resumeKind() == ResumeKind.FRESH) {
      giveUps.starts(task);
    }
    if (task.resumeKind() == ResumeKind.AFTER_CALL) {
      cpu.resumeAfterCall(task.registers().array());
    } else {
      cpu.resumeAll(task.registers().array());
    }
    accesses.enter(task);
    live = task;
    liveIsSaved = false;
    return AfterTrap.RESUME;
  }
}
