package dev.roundhouse.kernel.abi;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system calls that the model knows, and how each reads its arguments. A kernel's numbers and
 * registers are its profile's ({@link SyscallTable}).
 */
public enum SyscallKind {
  /** Ends the caller. */
  EXIT("exit"),
  /** Lets others of the same priority run. */
  YIELD("yield"),
  /** Makes a task. */
  CREATE("create"),
  /** Asks for the caller's tid. */
  MY_TID("my_tid"),
  /** Asks for the tid of the caller's parent. */
  MY_PARENT_TID("my_parent_tid"),
  /** Sends a message and waits for the reply. */
  SEND("send"),
  /** Takes a message. */
  RECEIVE("recv"),
  /** Answers a task that is reply-blocked. */
  REPLY("reply"),
  /** Waits for an interrupt. */
  AWAIT_EVENT("await_event"),
  /** Asks for memory. */
  MAP_MEMORY("mmap"),
  /** Asks how idle the processor was. */
  SYSTEM_HEALTH("sys_health"),
  /** Starts a quadrature encoder. */
  ENCODER_INIT("quadrature_encoder_init"),
  /** Reads a quadrature encoder. */
  ENCODER_GET("quadrature_encoder_get"),
  /** Writes bytes to the console. */
  PRINT_RAW("print_raw"),
  /** Says good-bye and reboots. */
  QUIT("quit");

  /** Behind a number and a buffer. */
  private static final int SECOND_BUFFER = 3;

  private static final Syscall EXIT_CALL = new Syscall.Exit();
  private static final Syscall YIELD_CALL = new Syscall.Yield();
  private static final Syscall MY_TID_CALL = new Syscall.MyTid();
  private static final Syscall MY_PARENT_TID_CALL = new Syscall.MyParentTid();
  private static final Syscall QUIT_CALL = new Syscall.Quit();

  private final String callName;

  SyscallKind(String callName) {
    this.callName = callName;
  }

  /** The name as in the kernel's manual, such as {@code send}. */
  public String callName() {
    return callName;
  }

  /** The call that a profile's row names. */
  static Optional<SyscallKind> named(String name) {
    return Stream.of(values()).filter(kind -> kind.callName.equals(name)).findFirst();
  }

  /**
   * The call with its arguments.
   *
   * @param r the caller's registers
   * @param at the number of the register of each argument, in the order in which the call tells
   *     them
   */
  Syscall decode(SavedRegisters r, int[] at) {
    return switch (this) {
      case EXIT -> EXIT_CALL;
      case YIELD -> YIELD_CALL;
      case CREATE -> new Syscall.Create((int) r.x(at[0]), buffer(r, at, 1));
      case MY_TID -> MY_TID_CALL;
      case MY_PARENT_TID -> MY_PARENT_TID_CALL;
      case SEND ->
          new Syscall.Send((int) r.x(at[0]), buffer(r, at, 1), buffer(r, at, SECOND_BUFFER));
      case RECEIVE -> new Syscall.Receive(r.x(at[0]), buffer(r, at, 1));
      case REPLY -> new Syscall.Reply((int) r.x(at[0]), buffer(r, at, 1));
      case AWAIT_EVENT -> new Syscall.AwaitEvent(new EventId((int) r.x(at[0])));
      case MAP_MEMORY -> new Syscall.MapMemory(r.x(at[0]), r.x(at[1]));
      case SYSTEM_HEALTH -> new Syscall.SystemHealth(r.x(at[0]));
      case ENCODER_INIT -> new Syscall.EncoderInit((int) r.x(at[0]), (int) r.x(at[1]));
      case ENCODER_GET -> new Syscall.EncoderGet((int) r.x(at[0]), r.x(at[1]));
      case PRINT_RAW -> new Syscall.PrintRaw(r.x(at[0]), (int) r.x(at[1]));
      case QUIT -> QUIT_CALL;
    };
  }

  private static UserBuffer buffer(SavedRegisters r, int[] at, int first) {
    return new UserBuffer(r.x(at[first]), r.x(at[first + 1]));
  }
}
