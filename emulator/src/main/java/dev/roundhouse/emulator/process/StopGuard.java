package dev.roundhouse.emulator.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Another process that stops the trains when this one dies without a chance to do so itself, by a
 * crash of the JVM or by {@code kill -9}. It is a shell that waits for the end of its input, which
 * only we hold open. Where there is no shell, there is no guard.
 */
public final class StopGuard {
  private static final byte[] ALL_IS_WELL = "well\n".getBytes(StandardCharsets.US_ASCII);

  /** The letter a is byte 97, stop; three of them, as the box may be answering or half-way. */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM QUIT
      read -r word && [ "$word" = well ] && exit 0
      stty 2400 cs8 cstopb -parenb -crtscts clocal raw -echo < "$1"
      for i in 1 2 3; do printf a > "$1"; sleep 0.15; done
      """;

  private final Optional<Process> shell;

  private StopGuard(Optional<Process> shell) {
    this.shell = shell;
  }

  /** Guards a port from now on. */
  public static StopGuard over(String path) {
    try {
      Process started =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT, "roundhouse-stop-guard", path)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return new StopGuard(Optional.of(started));
    } catch (IOException e) {
      return new StopGuard(Optional.empty());
    }
  }

  /** Sends it home: the trains are stopped, or never moved. */
  public void dismiss() {
    if (shell.isPresent()) {
      try (OutputStream to = shell.get().getOutputStream()) {
        to.write(ALL_IS_WELL);
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }
}
