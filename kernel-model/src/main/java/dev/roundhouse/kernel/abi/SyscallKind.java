package dev.roundhouse.kernel.abi;

import java.util.List;
import java.util.stream.IntStream;

/** The system calls by name, and how each reads its arguments; numbers are the table's. */
public enum SyscallKind {
  /** Ends the caller. */
  EXIT("exit", 0),
  /** Lets others of the same priority run. */
  YIELD("yield", 0),
  /** Makes a task. */
  CREATE("create", 3),
  /** Asks for the caller's tid. */
  MY_TID("my_tid", 0),
  /** Asks for the tid of the caller's parent. */
  MY_PARENT_TID("my_parent_tid", 0),
  /** Sends a message and waits for the reply. */
  SEND("send", 5),
  /** Takes a message. */
  RECEIVE("recv", 3),
  /** Answers a task that is reply-blocked. */
  REPLY("reply", 3),
  /** Waits for an interrupt. */
  AWAIT_EVENT("await_event", 1),
  /** Asks for memory. */
  MAP_MEMORY("mmap", 2),
  /** Asks how idle the processor was. */
  SYSTEM_HEALTH("sys_health", 1),
  /** Starts a quadrature encoder. */
  ENCODER_INIT("quadrature_encoder_init", 2),
  /** Reads a quadrature encoder. */
  ENCODER_GET("quadrature_encoder_get", 2),
  /** Writes bytes to the console. */
  PRINT_RAW("print_raw", 2),
  /** Says good-bye and reboots. */
  QUIT("quit", 0);

  private static final int REPLY_ADDRESS = 3;
  private static final int REPLY_LENGTH = 4;

  private static final Syscall EXIT_CALL = new Syscall.Exit();
  private static final Syscall YIELD_CALL = new Syscall.Yield();
  private static final Syscall MY_TID_CALL = new Syscall.MyTid();
  private static final Syscall MY_PARENT_TID_CALL = new Syscall.MyParentTid();
  private static final Syscall QUIT_CALL = new Syscall.Quit();

  private final String callName;
  private final int argumentCount;

  SyscallKind(String callName, int argumentCount) {
    this.callName = callName;
    this.argumentCount = argumentCount;
  }

  /** The name as in the kernel's manual, such as {@code send}. */
  public String callName() {
    return callName;
  }

  /** The call with the arguments that are in {@code r}. */
  public Syscall decode(SavedRegisters r) {
    return switch (this) {
      case EXIT -> EXIT_CALL;
      case YIELD -> YIELD_CALL;
      case CREATE -> new Syscall.Create((int) r.x(0), buffer(r, 1));
      case MY_TID -> MY_TID_CALL;
      case MY_PARENT_TID -> MY_PARENT_TID_CALL;
      case SEND ->
          new Syscall.Send(
              (int) r.x(0), buffer(r, 1), new UserBuffer(r.x(REPLY_ADDRESS), r.x(REPLY_LENGTH)));
      case RECEIVE -> new Syscall.Receive(r.x(0), buffer(r, 1));
      case REPLY -> new Syscall.Reply((int) r.x(0), buffer(r, 1));
      case AWAIT_EVENT -> new Syscall.AwaitEvent(new EventId((int) r.x(0)));
      case MAP_MEMORY -> new Syscall.MapMemory(r.x(0), r.x(1));
      case SYSTEM_HEALTH -> new Syscall.SystemHealth(r.x(0));
      case ENCODER_INIT -> new Syscall.EncoderInit((int) r.x(0), (int) r.x(1));
      case ENCODER_GET -> new Syscall.EncoderGet((int) r.x(0), r.x(1));
      case PRINT_RAW -> new Syscall.PrintRaw(r.x(0), (int) r.x(1));
      case QUIT -> QUIT_CALL;
    };
  }

  /** The argument registers as they are, for reports. */
  public List<Long> arguments(SavedRegisters registers) {
    return IntStream.range(0, argumentCount).mapToObj(registers::x).toList();
  }

  private static UserBuffer buffer(SavedRegisters r, int first) {
    return new UserBuffer(r.x(first), r.x(first + 1));
  }
}
