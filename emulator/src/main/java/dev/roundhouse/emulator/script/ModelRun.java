package dev.roundhouse.emulator.script;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.Decision;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.KernelEntry;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Fault;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run of a system on the kernel model: does what a processor and its run loop would do. */
final class ModelRun {
  private final WatchedMemory memory;
  private final List<ModelRunner.Watch> watches;
  private final Map<String, ScriptProgram> scripts = new TreeMap<>();
  private final Observer observer;
  private final ModelBoard board;
  private final Kernel kernel;
  private final Map<Integer, ScriptTask> tasks = new TreeMap<>();
  private final SyscallNumbers numbers;

  /** What stands for a program that is a file: nothing of its code is executed. */
  private final ScriptProgram returning;

  private Decision latest;
  private int writesBefore;

  ModelRun(
      AbiProfile profile,
      ScriptedSystem system,
      WatchedMemory memory,
      List<ModelRunner.Watch> watches) {
    this.memory = memory;
    this.watches = List.copyOf(watches);
    numbers = new SyscallNumbers(profile);
    returning = ScriptProgram.returning(numbers);
    for (Script script : system.programs()) {
      scripts.put(script.name(), ScriptProgram.of(script, numbers));
    }
    observer = new Observer(scripts);
    List<TraceSink> sinks = new ArrayList<>(watches);
    sinks.add(observer.trace());
    TraceSink trace = watches.isEmpty() ? observer.trace() : new TraceFork(sinks);
    board = new ModelBoard(system, observer, profile.interrupts());
    kernel =
        new Kernel(
            new KernelConfig(
                profile,
                new KernelConfig.Hardware(memory, board.bus(), board.clock(), board),
                new ProgramCatalog(programs(system)),
                List.of(),
                new KernelConfig.Reports(trace, observer::violated, Strictness.TOLERANT)));
    latest = Decision.Idle.INSTANCE;
  }

  private Map<String, ParseResult> programs(ScriptedSystem system) {
    Map<String, ParseResult> programs = new LinkedHashMap<>();
    scripts.forEach((name, program) ->
        programs.put(name, ElfImage.parse(name, ScriptElf.empty(program.span()))));
    system
        .files()
        .forEach(file -> programs.put(file.name(), ElfImage.parse(file.name(), file.elf())));
    return programs;
  }

  Observation run() {
    board.look();
    decided(kernel.boot());
    settle();
    Optional<RunEnd> end = board.end();
    while (end.isEmpty()) {
      act(current());
      end = board.end();
    }
    board.drain();
    return observer.observe(kernel, memory, end.get());
  }

  private ScriptTask current() {
    if (!(latest instanceof Decision.Run(Task task))) {
      throw new IllegalStateException("nobody runs and nobody ended the run: " + latest);
    }
    return tasks.computeIfAbsent(task.tid().value(), _ -> enterProgram(task));
  }

  private ScriptTask enterProgram(Task task) {
    LoadedProgram loaded = task.program().orElseThrow();
    ScriptProgram script = scripts.get(loaded.image().name());
    long start = loaded.memory().start();
    if (script == null) {
      return new ScriptTask(task, returning, memory, start);
    }
    ScriptTask made = new ScriptTask(task, script, memory, start);
    made.writeData();
    return made;
  }

  /** Lets the task that runs execute a block, or turns of a loop. */
  private void act(ScriptTask task) {
    if (board.isDue()) {
      board.catchUp();
      board.look();
      if (board.end().isPresent()) {
        return;
      }
      if (board.isInterrupted()) {
        enter(KernelEntry.Interrupt.INSTANCE);
        return;
      }
    }
    if (task.turnsLeft() > 0) {
      turn(task);
    } else if (task.isInProgram()) {
      execute(task, task.next());
    } else {
      board.execute(1);
      board.catchUp();
      enter(new KernelEntry.SupervisorCall(numbers.exit()));
    }
  }

  private void execute(ScriptTask task, Block block) {
    board.execute(block.instructions());
    switch (block.end()) {
      case ARGUMENTS_SET -> {
        task.setArguments();
        task.goOn();
      }
      case SUPERVISOR_CALL -> {
        int number = numbers.of((Step.Call) task.step());
        task.goOn();
        board.catchUp();
        enter(new KernelEntry.SupervisorCall(number));
      }
      case DEVICE_ACCESSED -> access(task);
      case COMPUTE_LOOP -> loop(task, ((Step.Compute) task.step()).turns() - 1L);
      case BEFORE_COPY -> beforeCopy(task);
      case COPY_LOOP -> loop(task, task.bytesToCopy((Step.ReadArguments) task.step()) - 1);
      case DONE -> {
        task.finishStep();
        task.goOn();
      }
      default -> task.goOn();
    }
  }

  /** The first turn of a loop is done. */
  private void loop(ScriptTask task, long turnsLeft) {
    task.setTurnsLeft(turnsLeft);
    if (turnsLeft == 0) {
      task.goOn();
    }
  }

  private void turn(ScriptTask task) {
    int instructions =
        task.next().end() == Block.End.COMPUTE_LOOP ? Block.COMPUTE_TURN : Block.COPY_TURN;
    // At least one: what is due now has been seen to.
    long turns = Math.clamp(board.turnsUntilDue(instructions), 1, task.turnsLeft());
    board.execute(turns * instructions);
    loop(task, task.turnsLeft() - turns);
  }

  private void beforeCopy(ScriptTask task) {
    Step.ReadArguments read = (Step.ReadArguments) task.step();
    task.copyArguments(read);
    task.goOn();
    if (task.bytesToCopy(read) == 0) {
      task.goOn();
    }
  }

  /** A device, or memory, is read or written. */
  private void access(ScriptTask task) {
    switch (task.step()) {
      case Step.Poke(long address, int value) -> {
        if (isDevice(address)) {
          board.catchUp();
          board.bus().write(address, Integer.BYTES, Integer.toUnsignedLong(value));
        } else if (memory.contains(address, Integer.BYTES)) {
          memory.putInt(address, value);
        } else {
          fault(address, Fault.Access.WRITE);
          return;
        }
      }
      case Step.Peek(long address) -> {
        if (isDevice(address)) {
          board.catchUp();
          task.setLoaded((int) board.bus().read(address, Integer.BYTES));
        } else if (memory.contains(address, Integer.BYTES)) {
          task.setLoaded(memory.getInt(address));
        } else {
          fault(address, Fault.Access.READ);
          return;
        }
      }
      case Step.ArmTimer(int micros) -> {
        board.catchUp();
        long count = board.bus().read(StepCompiler.TIMER_COUNT, Integer.BYTES);
        board.bus().write(StepCompiler.TIMER_COMPARE, Integer.BYTES, (int) count + micros);
      }
      default -> throw new IllegalStateException("accesses no device: " + task.step());
    }
    task.goOn();
  }

  private static boolean isDevice(long address) {
    return Bcm2711.DEVICE_SPACE.contains(address, Integer.BYTES);
  }

  private void fault(long address, Fault.Access access) {
    board.catchUp();
    enter(new KernelEntry.UserFault(new Fault.DataAbort(address, Integer.BYTES, access)));
  }

  private void enter(KernelEntry entry) {
    writesBefore = memory.writes();
    decided(kernel.handle(entry));
    settle();
  }

  private void decided(Decision decision) {
    latest = decision;
    for (ModelRunner.Watch watch : watches) {
      watch.decided(kernel, decision, memory, writesBefore);
    }
  }

  /** Takes interrupts, and waits while nothing is ready, as the machine's run loop does. */
  private void settle() {
    while (true) {
      board.lookIfDue();
      if (latest instanceof Decision.End(EndOfRun why)) {
        board.endWith(new RunEnd.ByModel(why));
      }
      if (board.end().isPresent()) {
        return;
      }
      if (latest instanceof Decision.TakeInterrupt || board.isInterrupted()) {
        writesBefore = memory.writes();
        decided(kernel.handle(KernelEntry.Interrupt.INSTANCE));
      } else if (latest instanceof Decision.Run) {
        return;
      } else if (kernel.anyEventMayStillCome(board)) {
        board.idle();
      } else {
        board.endWith(new RunEnd.ByModel(kernel.endWhenNothingCanHappen(board)));
      }
    }
  }
}
