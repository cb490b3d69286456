package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.conformance.script.Observation.Entry;
import dev.roundhouse.emulator.conformance.script.Observation.Woken;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together from the kernel's trace in which order it was entered, and what was loaded. */
final class EntryLog {
  private static final int NOBODY = -1;

  /** What a task is, as far as the trace tells. */
  static final class TaskTrace {
    private String program = "";
    private AddressRange memory = new AddressRange(0, 0);
    private int calls;

    /** Its program's name; empty while it is not loaded. */
    String program() {
      return program;
    }

    /** Where its program is. */
    AddressRange memory() {
      return memory;
    }

    /** How many system calls its program has made. */
    int calls() {
      return calls;
    }
  }

  private final Map<String, ScriptProgram> scripts;
  private final List<Entry> order = new ArrayList<>();
  private final Map<Integer, TaskTrace> traces = new TreeMap<>();
  private int dispatched = NOBODY;
  private int interrupted = NOBODY;
  private final List<Integer> served = new ArrayList<>();
  private final List<Woken> woken = new ArrayList<>();

  /** A log of a system whose programs are {@code scripts}. */
  EntryLog(Map<String, ScriptProgram> scripts) {
    this.scripts = scripts;
  }

  /** The entries so far. */
  List<Entry> order() {
    endInterrupt();
    return order;
  }

  /** What is known of a task. */
  TaskTrace trace(int tid) {
    return traces.computeIfAbsent(tid, _ -> new TaskTrace());
  }

  /** The highest tid of which the trace told. */
  int highestTid() {
    return traces.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Takes an event. */
  void take(KernelEvent event) {
    int before = dispatched;
    dispatched = NOBODY;
    switch (event) {
      case KernelEvent.Called called -> {
        endInterrupt();
        order.add(called(called.tid().value()));
      }
      case KernelEvent.Interrupted(Tid tid) -> {
        endInterrupt();
        interrupted = tid.value();
      }
      case KernelEvent.InterruptServed(int id) -> served.add(id);
      case KernelEvent.BecameReady(Tid tid, long result) ->
          becameReady(tid.value(), result, before);
      case KernelEvent.Dispatched(Tid tid) -> {
        endInterrupt();
        dispatched = tid.value();
      }
      case KernelEvent.Loaded(Tid tid, String program, AddressRange memory) -> {
        trace(tid.value()).program = program;
        trace(tid.value()).memory = memory;
      }
      case KernelEvent.Created(Tid tid, Tid parent, int priority) -> trace(tid.value());
      case KernelEvent.Idle _ -> endInterrupt();
      case KernelEvent.SendBlocked _,
          KernelEvent.ReceiveBlocked _,
          KernelEvent.ReplyBlocked _,
          KernelEvent.EventBlocked _,
          KernelEvent.Lost _,
          KernelEvent.Exited _ -> {}
    }
  }

  private void becameReady(int tid, long result, int dispatchedBefore) {
    trace(tid);
    if (interrupted == tid) {
      endInterrupt();
    } else if (interrupted != NOBODY) {
      woken.add(new Woken(tid, result));
    } else if (dispatchedBefore == tid) {
      // Nothing but its loader's call lets a task become ready while it runs, unseen.
      order.add(new Entry.Loading(tid));
    }
  }

  private Entry called(int tid) {
    TaskTrace trace = trace(tid);
    ScriptProgram program = scripts.get(trace.program);
    int call = trace.calls++;
    return new Entry.Called(tid, program == null ? call : program.stepOfCall(call));
  }

  private void endInterrupt() {
    if (interrupted != NOBODY) {
      order.add(new Entry.Interrupted(interrupted, served, woken));
      interrupted = NOBODY;
      served.clear();
      woken.clear();
    }
  }
}
