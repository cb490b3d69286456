package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.trace.EventVisitor;

/**
 * A system call with its arguments, read from registers as the C signatures declare them: {@code
 * int} takes the low half of a register, {@code size_t} and pointers all of it (lib/include/uapi.h
 * and kernel/src/syscall_handler.c, 9d49562).
 */
public sealed interface Syscall {
  /** Which of the calls it is. */
  SyscallKind kind();

  /** Tells the arguments as fields of an event: one for each register, in their order. */
  default void tellArguments(EventVisitor visitor) {
    // It has none.
  }

  /** Ends the caller. */
  record Exit() implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.EXIT;
    }
  }

  /** Lets others of the same priority run. */
  record Yield() implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.YIELD;
    }
  }

  /** Makes a task. */
  record Create(int priority, UserBuffer arguments) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.CREATE;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.number("priority", priority);
      arguments.describeTo(visitor, "args", "args_bytes");
    }
  }

  /** Asks for the caller's tid. */
  record MyTid() implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.MY_TID;
    }
  }

  /** Asks for the tid of the caller's parent. */
  record MyParentTid() implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.MY_PARENT_TID;
    }
  }

  /** Sends a message and waits for the reply. */
  record Send(int to, UserBuffer message, UserBuffer reply) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.SEND;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.number("to", to);
      message.describeTo(visitor, "msg", "msg_bytes");
      reply.describeTo(visitor, "reply", "reply_bytes");
    }
  }

  /** Takes a message; the sender's tid goes to {@code tidAddress} as an {@code int}. */
  record Receive(long tidAddress, UserBuffer buffer) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.RECEIVE;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.address("tid_at", tidAddress);
      buffer.describeTo(visitor, "buf", "buf_bytes");
    }
  }

  /** Answers a task that is reply-blocked. */
  record Reply(int to, UserBuffer message) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.REPLY;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.number("to", to);
      message.describeTo(visitor, "msg", "msg_bytes");
    }
  }

  /** Waits for an interrupt. */
  record AwaitEvent(EventId event) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.AWAIT_EVENT;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.number("event", event.value());
    }
  }

  /** Asks for memory; its address goes to {@code targetAddress}. */
  record MapMemory(long targetAddress, long bytes) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.MAP_MEMORY;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.address("at", targetAddress).number("bytes", bytes);
    }
  }

  /** Asks how idle the processor was; the answer goes to {@code address} as an {@code int}. */
  record SystemHealth(long address) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.SYSTEM_HEALTH;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.address("at", address);
    }
  }

  /** Starts counting the edges of a quadrature encoder at two GPIO pins. */
  record EncoderInit(int pinA, int pinB) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.ENCODER_INIT;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.number("a", pinA).number("b", pinB);
    }
  }

  /** Reads and clears the counters of an encoder. */
  record EncoderGet(int id, long address) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.ENCODER_GET;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.number("id", id).address("at", address);
    }
  }

  /** Writes bytes to the console, polling inside the kernel. */
  record PrintRaw(long address, int length) implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.PRINT_RAW;
    }

    @Override
    public void tellArguments(EventVisitor visitor) {
      visitor.address("at", address).number("bytes", length);
    }
  }

  /** Says good-bye and reboots. */
  record Quit() implements Syscall {
    @Override
    public SyscallKind kind() {
      return SyscallKind.QUIT;
    }
  }
}
