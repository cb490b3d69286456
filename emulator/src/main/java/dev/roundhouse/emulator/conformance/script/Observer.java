package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Observation.EndSeen;
import dev.roundhouse.emulator.conformance.script.Observation.EndState;
import dev.roundhouse.emulator.conformance.script.Observation.Reported;
import dev.roundhouse.emulator.conformance.script.Observation.TaskSeen;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Listens to a run of scripts and says in the end what was seen. */
final class Observer implements TraceSink {
  private final RunWatch watch;
  private final Map<String, ScriptProgram> scripts;
  private final EntryLog log;
  private final List<Reported> reports = new ArrayList<>();
  private final SortedMap<Integer, StringBuilder> output = new TreeMap<>();

  Observer(Map<String, ScriptProgram> scripts, RunWatch watch) {
    this.scripts = scripts;
    this.watch = watch;
    this.log = new EntryLog(scripts);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    if (event instanceof KernelEvent kernelEvent) {
      watch.happened(kernelEvent);
      log.take(kernelEvent);
    }
  }

  /** The kernel tells of a violation. */
  void violated(Violation violation) {
    reports.add(new Reported(violation.tid().value(), violation.rule()));
  }

  /** Where the bytes of a UART go. */
  OutputPort outputOf(int uart) {
    return new OutputPort() {
      @Override
      public void put(int value) {
        output.computeIfAbsent(uart, _ -> new StringBuilder()).append((char) value);
      }

      @Override
      public void flush() {
        // It is all there.
      }
    };
  }

  /** What was seen, when the run is over. */
  Observation observe(Kernel kernel, PhysicalMemory memory, RunEnd end) {
    int highest = log.highestTid();
    for (Task task : kernel.tasks()) {
      highest = Math.max(highest, task.tid().value());
    }
    List<TaskSeen> tasks = new ArrayList<>();
    for (int tid = 1; tid <= highest; tid++) {
      tasks.add(task(tid, kernel, memory));
    }
    SortedMap<Integer, String> sent = new TreeMap<>();
    output.forEach((uart, bytes) -> sent.put(uart, bytes.toString()));
    return new Observation(tasks, log.order(), reports, endSeen(end), sent);
  }

  private TaskSeen task(int tid, Kernel kernel, PhysicalMemory memory) {
    EntryLog.TaskTrace trace = log.trace(tid);
    Optional<Task> task = kernel.task(new Tid(tid));
    EndState state = task.map(living -> endState(living.state())).orElseGet(EndState.Exited::new);
    ScriptProgram program = scripts.get(trace.program());
    if (program == null) {
      return new TaskSeen(tid, trace.program(), List.of(), state);
    }
    DataReader reader = new DataReader(program, memory, trace.memory().start());
    return new TaskSeen(tid, trace.program(), reader.steps(trace.calls()), state);
  }

  private static EndState endState(TaskState state) {
    return switch (state) {
      case TaskState.Ready _, TaskState.Active _ -> new EndState.CouldRun();
      case TaskState.SendBlocked blocked -> new EndState.SendBlocked(blocked.to().value());
      case TaskState.ReceiveBlocked _ -> new EndState.ReceiveBlocked();
      case TaskState.ReplyBlocked blocked -> new EndState.ReplyBlocked(blocked.by().value());
      case TaskState.EventBlocked blocked -> new EndState.EventBlocked(blocked.event().value());
      case TaskState.NeverStarted _ -> new EndState.NeverStarted();
      case TaskState.Lost _ -> new EndState.Lost();
      case TaskState.Exited _ -> new EndState.Exited();
    };
  }

  private static EndSeen endSeen(RunEnd end) {
    return switch (end) {
      case RunEnd.ByModel(EndOfRun why) -> new EndSeen(kind(why), why.text());
      case RunEnd.VirtualTimeout() ->
          new EndSeen(EndKind.TIMEOUT, "the limit of virtual time was reached");
      case RunEnd.Exited(int code) ->
          new EndSeen(EndKind.QUIT, "a program ended the run by semihosting with code " + code);
      case RunEnd.WallTimeout(),
          RunEnd.Stopped(),
          RunEnd.NothingCanCome(),
          RunEnd.Rebooted(),
          RunEnd.Lost _ ->
          throw new IllegalStateException("no run of scripts ends so: " + end);
    };
  }

  private static EndKind kind(EndOfRun end) {
    return switch (end) {
      case EndOfRun.Finished _ -> EndKind.FINISHED;
      case EndOfRun.Deadlock _ -> EndKind.DEADLOCK;
      case EndOfRun.Quit _ -> EndKind.QUIT;
      case EndOfRun.UnknownProgram _, EndOfRun.CannotLoad _ -> EndKind.CANNOT_LOAD;
      case EndOfRun.TaskFault _ -> EndKind.FAULT;
      case EndOfRun.BadPointer _ -> EndKind.BAD_POINTER;
      case EndOfRun.KernelCrash _ -> EndKind.KERNEL_CRASH;
      case EndOfRun.StrictViolation _ ->
          throw new IllegalStateException("runs of scripts are not strict");
    };
  }
}
