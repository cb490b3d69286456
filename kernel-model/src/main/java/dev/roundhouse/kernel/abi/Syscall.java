package dev.roundhouse.kernel.abi;

/**
 * A system call with its arguments, read from registers as the C signatures declare them: {@code
 * int} takes the low half of a register, {@code size_t} and pointers all of it (lib/include/uapi.h
 * and kernel/src/syscall_handler.c, 9d49562).
 */
public sealed interface Syscall {
  /** Ends the caller. */
  record Exit() implements Syscall {}

  /** Lets others of the same priority run. */
  record Yield() implements Syscall {}

  /** Makes a task. */
  record Create(int priority, UserBuffer arguments) implements Syscall {}

  /** Asks for the caller's tid. */
  record MyTid() implements Syscall {}

  /** Asks for the tid of the caller's parent. */
  record MyParentTid() implements Syscall {}

  /** Sends a message and waits for the reply. */
  record Send(int to, UserBuffer message, UserBuffer reply) implements Syscall {}

  /** Takes a message; the sender's tid goes to {@code tidAddress} as an {@code int}. */
  record Receive(long tidAddress, UserBuffer buffer) implements Syscall {}

  /** Answers a task that is reply-blocked. */
  record Reply(int to, UserBuffer message) implements Syscall {}

  /** Waits for an interrupt. */
  record AwaitEvent(EventId event) implements Syscall {}

  /** Asks for memory; its address goes to {@code targetAddress}. */
  record MapMemory(long targetAddress, long bytes) implements Syscall {}

  /** Asks how idle the processor was; the answer goes to {@code address} as an {@code int}. */
  record SystemHealth(long address) implements Syscall {}

  /** Starts counting the edges of a quadrature encoder at two GPIO pins. */
  record EncoderInit(int pinA, int pinB) implements Syscall {}

  /** Reads and clears the counters of an encoder. */
  record EncoderGet(int id, long address) implements Syscall {}

  /** Writes bytes to the console, polling inside the kernel. */
  record PrintRaw(long address, int length) implements Syscall {}

  /** Says good-bye and reboots. */
  record Quit() implements Syscall {}
}
