package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.board.WatchdogDriver;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.Task;

/** sys_health, print_raw and quit (kernel/src/syscall_handler.c, 9d49562). */
public final class SystemCalls {
  private static final Outcome DONE = new Outcome.Return(0);
  private static final String NULL_MESSAGE = "NULL\r\n";
  private static final String CLEAR_TERMINAL = "\033[2J";
  private static final String GOOD_BYE = "BYE-BYE\r\n";
  private static final int CHUNK = 4096;

  private final KernelConsole console;
  private final IdleTime idleTime;
  private final Pointers pointers;
  private final Violations violations;
  private final WatchdogDriver watchdog;

  /** The calls that write to {@code console} and reset the board by {@code watchdog}. */
  public SystemCalls(
      KernelConsole console,
      IdleTime idleTime,
      Pointers pointers,
      Violations violations,
      WatchdogDriver watchdog) {
    this.console = console;
    this.idleTime = idleTime;
    this.pointers = pointers;
    this.violations = violations;
    this.watchdog = watchdog;
  }

  /** Stores how idle the processor was since the last call, in hundredths of a percent. */
  public Outcome health(Task caller, Syscall.SystemHealth call) {
    UserBuffer target = new UserBuffer(call.address(), Integer.BYTES);
    if (!pointers.areGood(target)) {
      return pointers.refuse(caller, "health", target);
    }
    pointers.memory().memory().putInt(target.address(), idleTime.takeHundredthsOfPercent());
    return DONE;
  }

  /**
   * Writes bytes to the console, polling inside the kernel, then spins. NULL prints {@code NULL},
   * whatever the length; a negative length prints nothing.
   */
  public Outcome printRaw(Task caller, Syscall.PrintRaw call) {
    if (call.address() == 0) {
      return printed(caller, console.put(NULL_MESSAGE));
    }
    UserBuffer message = new UserBuffer(call.address(), Math.max(0, call.length()));
    if (!pointers.areGood(message)) {
      return pointers.refuse(caller, "msg", message);
    }
    byte[] chunk = new byte[(int) Math.min(message.length(), CHUNK)];
    boolean isTaken = true;
    for (long done = 0; isTaken && done < message.length(); done += chunk.length) {
      int bytes = (int) Math.min(chunk.length, message.length() - done);
      pointers.memory().memory().read(message.address() + done, chunk, 0, bytes);
      isTaken = console.put(chunk, bytes);
    }
    return printed(caller, isTaken);
  }

  /** Clears the terminal, says good-bye and resets the board by the watchdog. */
  public Outcome quit(Task caller) {
    boolean isTaken = console.put(CLEAR_TERMINAL) && console.put(GOOD_BYE);
    if (!isTaken) {
      return stuck(caller);
    }
    watchdog.reset();
    return new Outcome.End(new EndOfRun.Quit(caller.tid()));
  }

  private Outcome printed(Task caller, boolean isTaken) {
    if (!isTaken) {
      return stuck(caller);
    }
    console.delay();
    return DONE;
  }

  private Outcome stuck(Task caller) {
    String detail = "the kernel waits for room in the transmit FIFO for ever";
    violations.report(caller, Rule.CONSOLE_STUCK, detail);
    return new Outcome.End(new EndOfRun.KernelCrash(caller.tid(), Rule.CONSOLE_STUCK, detail));
  }
}
