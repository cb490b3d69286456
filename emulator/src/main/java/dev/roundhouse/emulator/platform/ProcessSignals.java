package dev.roundhouse.emulator.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Signals that the JVM keeps for itself, so that only the C library can say what becomes of them
 * (signal(7), sigaction(2)). Their numbers are the same on all hosts.
 */
public final class ProcessSignals {
  private static final int SIGQUIT = 3;
  private static final int SIGABRT = 6;
  private static final int SIGSEGV = 11;
  private static final int SIG_IGN = 1;

  /** More than any host's struct sigaction has: Linux 152, macOS 16. */
  private static final int SIGACTION_BYTES = 256;

  private ProcessSignals() {}

  /** SIGQUIT does nothing: the JVM would write a list of its threads among the guest's output. */
  public static void ignoreQuit() {
    call("signal", SIGQUIT, SIG_IGN, 0);
  }

  /**
   * When the engine calls abort(3), the JVM ends as it does after a bad access: it takes SIGABRT
   * with its own handler of SIGSEGV, which it would leave to the system otherwise.
   */
  public static void endOnAbortAsOnABadAccess() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(SIGACTION_BYTES, Long.BYTES);
      if (call("sigaction", SIGSEGV, 0, action.address()) == 0) {
        call("sigaction", SIGABRT, action.address(), 0);
      }
    }
  }

  private static int call(String function, long a, long b, long c) {
    try {
      return (int)
          (long) NativeFunctions.ofHost().function(function).invokeExact(a, b, c, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
