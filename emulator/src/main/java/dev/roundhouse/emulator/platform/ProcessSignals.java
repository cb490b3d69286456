package dev.roundhouse.emulator.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;

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

  /**
   * Has {@code action} run, on a thread of the JVM's, at each SIGUSR1, which would end the process
   * otherwise. By reflection: the JVM's class for it has a stable name, but no supported module.
   */
  public static void onUser1(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object acting =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("USR1"), acting);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // No such signal, or no such class: on this host one does without.
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
