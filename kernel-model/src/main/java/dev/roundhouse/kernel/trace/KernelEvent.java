package dev.roundhouse.kernel.trace;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.task.Tid;

/** What the kernel does, in the order in which it does it. */
public sealed interface KernelEvent extends TraceEvent {
  /** A task made a system call. */
  record Called(Tid tid, Syscall call) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("call").number("tid", tid.value()).text("call", call.kind().callName());
      call.tellArguments(visitor);
    }
  }

  /** A task was interrupted; the idle task is tid 0. */
  record Interrupted(Tid tid) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("interrupted").number("tid", tid.value());
    }
  }

  /** The kernel serves a GIC interrupt. */
  record InterruptServed(int interrupt) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("interrupt").number("id", interrupt);
    }
  }

  /** A task was made; it is ready unless its priority is bad. */
  record Created(Tid tid, Tid parent, int priority) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor
          .event("created")
          .number("tid", tid.value())
          .number("parent", parent.value())
          .number("priority", priority);
    }
  }

  /** A task's program is in memory. */
  record Loaded(Tid tid, String program, AddressRange memory) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor
          .event("loaded")
          .number("tid", tid.value())
          .text("program", program)
          .address("start", memory.start())
          .address("end", memory.end());
    }
  }

  /** A task became ready; {@code result} is what its system call will give it. */
  record BecameReady(Tid tid, long result) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("ready").number("tid", tid.value()).number("result", result);
    }
  }

  /** A task waits for its message to be received. */
  record SendBlocked(Tid tid, Tid to) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("send-blocked").number("tid", tid.value()).number("to", to.value());
    }
  }

  /** A task waits for a message. */
  record ReceiveBlocked(Tid tid) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("receive-blocked").number("tid", tid.value());
    }
  }

  /** A task waits for a reply. */
  record ReplyBlocked(Tid tid, Tid by) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("reply-blocked").number("tid", tid.value()).number("by", by.value());
    }
  }

  /** A task waits for an event, by its id. */
  record EventBlocked(Tid tid, int event) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("event-blocked").number("tid", tid.value()).number("event", event);
    }
  }

  /** A task became ready when the ready queue was full, and is lost. */
  record Lost(Tid tid) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("lost").number("tid", tid.value());
    }
  }

  /** A task is gone. */
  record Exited(Tid tid) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("exited").number("tid", tid.value());
    }
  }

  /** A task runs. */
  record Dispatched(Tid tid) implements KernelEvent {
    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("dispatched").number("tid", tid.value());
    }
  }

  /** No task is ready. */
  record Idle() implements KernelEvent {
    /** The one value. */
    public static final Idle INSTANCE = new Idle();

    @Override
    public void describeTo(EventVisitor visitor) {
      visitor.event("idle");
    }
  }
}
