package dev.roundhouse.kernel.trace;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.task.Tid;

/** What the kernel does, in the order in which it does it. */
public sealed interface KernelEvent extends TraceEvent {
  /** A task made a system call. */
  record Called(Tid tid, Syscall call) implements KernelEvent {}

  /** A task was interrupted; the idle task is tid 0. */
  record Interrupted(Tid tid) implements KernelEvent {}

  /** The kernel serves a GIC interrupt. */
  record InterruptServed(int interrupt) implements KernelEvent {}

  /** A task was made; it is ready unless its priority is bad. */
  record Created(Tid tid, Tid parent, int priority) implements KernelEvent {}

  /** A task's program is in memory. */
  record Loaded(Tid tid, String program, AddressRange memory) implements KernelEvent {}

  /** A task became ready; {@code result} is what its system call will give it. */
  record BecameReady(Tid tid, long result) implements KernelEvent {}

  /** A task waits for its message to be received. */
  record SendBlocked(Tid tid, Tid to) implements KernelEvent {}

  /** A task waits for a message. */
  record ReceiveBlocked(Tid tid) implements KernelEvent {}

  /** A task waits for a reply. */
  record ReplyBlocked(Tid tid, Tid by) implements KernelEvent {}

  /** A task waits for an event, by its id. */
  record EventBlocked(Tid tid, int event) implements KernelEvent {}

  /** A task became ready when the ready queue was full, and is lost. */
  record Lost(Tid tid) implements KernelEvent {}

  /** A task is gone. */
  record Exited(Tid tid) implements KernelEvent {}

  /** A task runs. */
  record Dispatched(Tid tid) implements KernelEvent {}

  /** No task is ready. */
  record Idle() implements KernelEvent {
    /** The one value. */
    public static final Idle INSTANCE = new Idle();
  }
}
