package dev.roundhouse.emulator.process;

import dev.roundhouse.emulator.platform.OwnProcess;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is to be put right before the process ends, however it ends, and that it then ends promptly.
 *
 * <p>The JVM ends a process that gets SIGHUP, SIGINT or SIGTERM with 128 and the signal's number,
 * after its shutdown hooks. It then waits for threads in native code, 300 ms and more; so the hook
 * of this class ends the process itself. Any thread may use it.
 */
public final class Endings {
  /** How long putting things right may take: a terminal that was stopped takes no bytes. */
  private static final int PATIENCE_MILLIS = 150;

  private static final int NOT_KNOWN = -1;
  private static final int OF_SIGNALS = 128;
  private static final String THREAD = "endings";
  private static final String MAIN = "main";

  /** Where threads are that are in native code by way of method handles, which no trace shows. */
  private static final String NATIVE_CALLERS = "dev.roundhouse.emulator.";

  /** A signal by the name of the thread in which the JVM acts on it. */
  private record Signal(String thread, int number) {}

  private static final List<Signal> SIGNALS =
      List.of(
          new Signal("SIGHUP handler", 1),
          new Signal("SIGINT handler", 2),
          new Signal("SIGTERM handler", 15));

  private final Deque<Runnable> actions = new ConcurrentLinkedDeque<>();
  private final Deque<Runnable> patient = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean isHooked = new AtomicBoolean();
  private final AtomicInteger known = new AtomicInteger(NOT_KNOWN);

  private final Scope scope;

  private Endings(Scope scope) {
    this.scope = scope;
  }

  /** Whose end they come before. */
  private enum Scope {
    /** The process is the command's own, which may end it. */
    PROCESS,
    /** The process is somebody else's: it ends as that one likes. */
    PART
  }

  /** The endings of a process of ours, heeded from now on: there is one of them. */
  public static Endings ofProcess() {
    Endings endings = new Endings(Scope.PROCESS);
    endings.heed();
    return endings;
  }

  /** Endings within a process that is not ours to end. */
  public static Endings ofPart() {
    return new Endings(Scope.PART);
  }

  /** Something that will be put right unless it is withdrawn. */
  @FunctionalInterface
  public interface Promise {
    /** It is right again. */
    void withdraw();
  }

  /** Has {@code action} run before the process ends; the latest first. */
  public Promise before(Runnable action) {
    heed();
    actions.addFirst(action);
    return () -> actions.remove(action);
  }

  /**
   * Has {@code action} run before the process ends and all else is put right, which waits for it:
   * it has a limit of its own.
   */
  public Promise first(Runnable action) {
    heed();
    patient.addFirst(action);
    return () -> patient.remove(action);
  }

  private void heed() {
    if (isHooked.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(HostThreads.unstarted(THREAD, this::atShutdown));
    }
  }

  /** The process is about to end with that code, by the JVM's own means. */
  public void endingWith(int exitCode) {
    known.set(exitCode);
  }

  /**
   * Puts right what is to be put right and ends the process, whatever its threads do; if it is
   * ours.
   */
  public void endAtOnce(int exitCode) {
    if (scope == Scope.PROCESS) {
      EndGuard.tellEnd();
      perform();
      OwnProcess.exitAtOnce(exitCode);
    }
  }

  /** Runs what was promised, in a thread of its own, and does not wait for it for long. */
  void perform() {
    patient.forEach(Endings::tryTo);
    if (!actions.isEmpty()) {
      HostThreads.join(
          HostThreads.start("put-right", () -> actions.forEach(Endings::tryTo)), PATIENCE_MILLIS);
    }
  }

  private static void tryTo(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      // The process ends, and what else was promised still counts.
    }
  }

  private void atShutdown() {
    if (scope == Scope.PROCESS) {
      EndGuard.tellEnd();
    }
    perform();
    // The usual end does without a look at where all threads are.
    boolean isSimple = known.get() != NOT_KNOWN && !HostThreads.anyLives(THREAD);
    if (scope == Scope.PROCESS && !isSimple) {
      int exitCode = exitCode(Thread.getAllStackTraces(), known.get());
      if (exitCode != NOT_KNOWN) {
        OwnProcess.exitAtOnce(exitCode);
      }
    }
  }

  /**
   * With what to end the process; {@link #NOT_KNOWN} when that can be left to the JVM, as no thread
   * is in native code, or must be: a serial port's own hook stops trains.
   *
   * @param threads those that live, and where they are
   * @param known what the process is about to end with, if no signal ends it
   */
  private static int exitCode(Map<Thread, StackTraceElement[]> threads, int known) {
    int exitCode = known;
    boolean isInNativeCode = false;
    for (Map.Entry<Thread, StackTraceElement[]> entry : threads.entrySet()) {
      Thread thread = entry.getKey();
      if (HostThreads.servesSerialPort(thread.getName())) {
        return NOT_KNOWN;
      }
      isInNativeCode |= isInNativeCode(thread, entry.getValue());
      for (Signal signal : SIGNALS) {
        if (signal.thread.equals(thread.getName())) {
          exitCode = OF_SIGNALS + signal.number;
        }
      }
    }
    return isInNativeCode ? exitCode : NOT_KNOWN;
  }

  /** Whether one of our threads waits for the host, or executes guest code. */
  private static boolean isInNativeCode(Thread thread, StackTraceElement[] stack) {
    boolean isOurs = thread.getName().equals(MAIN) || HostThreads.isOurs(thread.getName());
    return isOurs
        && thread.getState() == Thread.State.RUNNABLE
        && stack.length > 0
        && (stack[0].isNativeMethod() || stack[0].getClassName().startsWith(NATIVE_CALLERS));
  }
}
