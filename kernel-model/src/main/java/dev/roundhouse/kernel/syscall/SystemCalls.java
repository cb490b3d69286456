package dev.roundhouse.kernel.syscall;

import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
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

  /** The watchdog (kernel/src/boot.S, el1_reboot): password 0x5A in the top byte. */
  private static final long PM_WDOG = 0xFE10_0024L;

  private static final long PM_RSTC = 0xFE10_001CL;
  private static final long ONE_TICK = 0x5A00_0001L;
  private static final long FULL_RESET = 0x5A00_0020L;

  private final KernelConsole console;
  private final IdleTime idleTime;
  private final Pointers pointers;
  private final Violations violations;
  private final Bus bus;

  /** The calls that write to {@code console} and to the watchdog on {@code bus}. */
  public SystemCalls(
      KernelConsole console, IdleTime idleTime, Pointers pointers, Violations violations, Bus bus) {
    this.console = console;
    this.idleTime = idleTime;
    this.pointers = pointers;
    this.violations = violations;
    this.bus = bus;
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
    bus.write(PM_WDOG, Integer.BYTES, ONE_TICK);
    bus.write(PM_RSTC, Integer.BYTES, FULL_RESET);
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
