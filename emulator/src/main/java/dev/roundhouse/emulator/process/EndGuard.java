package dev.roundhouse.emulator.process;

import dev.roundhouse.emulator.platform.InheritedPipe;
import dev.roundhouse.emulator.platform.ProcessSignals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The shell that waits for the end of this process (build/guard.sh). When the process dies without
 * a chance to do so itself, by a crash of the JVM or by {@code kill -9}, the shell puts its
 * terminals right and says in one line what happened. It has to be told what there would be to do;
 * a process that was started otherwise has no such shell, and then nothing is told.
 */
public final class EndGuard {
  /** The number of the pipe that the shell reads, as a property of the JVM. */
  private static final String PIPE = "roundhouse.guard";

  private EndGuard() {}

  /**
   * To be called once, first of all: the process runs, and the JVM's list of threads is never asked
   * for.
   */
  public static void begin() {
    ProcessSignals.ignoreQuit();
    ProcessSignals.endOnAbortAsOnABadAccess();
    tell("started");
  }

  /** The process ends by itself or by a signal that the JVM takes: that need not be explained. */
  public static void tellEnd() {
    tell("well");
  }

  /** The terminal that is standard input is in raw mode from now on. */
  public static void tellRawMode() {
    tell("raw");
  }

  /** It is as it was. */
  public static void tellUsualMode() {
    tell("usual");
  }

  /**
   * A terminal shows its other screen from now on.
   *
   * @param device the terminal; standard output when empty
   */
  public static void tellOtherScreen(Optional<Path> device) {
    tell(device.map(path -> "screen " + path).orElse("screen"));
  }

  /** The first screen is back. */
  public static void tellFirstScreen() {
    tell("first-screen");
  }

  private static void tell(String words) {
    pipe().ifPresent(pipe -> pipe.write((words + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<InheritedPipe> pipe() {
    return Optional.ofNullable(Integer.getInteger(PIPE)).map(InheritedPipe::new);
  }
}
