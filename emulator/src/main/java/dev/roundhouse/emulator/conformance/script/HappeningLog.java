package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.conformance.script.Observation.Happening;
import dev.roundhouse.emulator.conformance.script.Observation.Woken;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together from the kernel's trace in which order it was entered, and what was loaded. */
final class HappeningLog {
  private static final int NOBODY = -1;

  /** What a task is, as far as the trace tells. */
  static final class Life {
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
  private final List<Happening> order = new ArrayList<>();
  private final Map<Integer, Life> lives = new TreeMap<>();
  private int dispatched = NOBODY;
  private int interrupted = NOBODY;
  private final List<Integer> served = new ArrayList<>();
  private final List<Woken> woken = new ArrayList<>();

  /** A log of a system whose programs are {@code scripts}. */
  HappeningLog(Map<String, ScriptProgram> scripts) {
    this.scripts = scripts;
  }

  /** The entries so far. */
  List<Happening> order() {
    endInterrupt();
    return order;
  }

  /** What is known of a task. */
  Life life(int tid) {
    return lives.computeIfAbsent(tid, _ -> new Life());
  }

  /** The highest tid of which the trace told. */
  int highestTid() {
    return lives.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
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
        life(tid.value()).program = program;
        life(tid.value()).memory = memory;
      }
      case KernelEvent.Created(Tid tid, Tid parent, int priority) -> life(tid.value());
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
    life(tid);
    if (interrupted == tid) {
      endInterrupt();
    } else if (interrupted != NOBODY) {
      woken.add(new Woken(tid, result));
    } else if (dispatchedBefore == tid) {
      // Nothing but its loader's call lets a task become ready while it runs, unseen.
      order.add(new Happening.Loading(tid));
    }
  }

  private Happening called(int tid) {
    Life life = life(tid);
    ScriptProgram program = scripts.get(life.program);
    int call = life.calls++;
    return new Happening.Called(tid, program == null ? call : program.stepOfCall(call));
  }

  private void endInterrupt() {
    if (interrupted != NOBODY) {
      order.add(new Happening.Interrupted(interrupted, served, woken));
      interrupted = NOBODY;
      served.clear();
      woken.clear();
    }
  }
}
