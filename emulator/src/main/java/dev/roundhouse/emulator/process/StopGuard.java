package dev.roundhouse.emulator.process;

import dev.roundhouse.devices.train.cs3.StationCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Another process that stops the trains when this one dies without a chance to do so itself, by a
 * crash of the JVM or by {@code kill -9}. It is a shell that waits for the end of its input, which
 * only we hold open. Where there is no shell, there is no guard.
 */
public final class StopGuard {
  private static final byte[] ALL_IS_WELL = "well\n".getBytes(StandardCharsets.US_ASCII);

  private static final String WAIT_FOR_THE_END =
      """
      trap '' INT HUP TERM QUIT
      read -r word && [ "$word" = well ] && exit 0
      """;

  /**
   * What is done when the process is gone.
   *
   * @param script lines of a shell
   * @param arguments {@code $1} and what follows in it
   */
  public record Errand(String script, List<String> arguments) {
    /** The letter a is byte 97, stop; three of them, as the box may be answering or half-way. */
    private static final String OF_6051 =
        """
        stty 2400 cs8 cstopb -parenb -crtscts clocal raw -echo < "$1"
        for i in 1 2 3; do printf a > "$1"; sleep 0.15; done
        """;

    /** The adapter has its bus open still; the first end of line ends what was under way. */
    private static final String OF_SLCAN =
        """
        stty cs8 -cstopb -parenb -crtscts clocal raw -echo "$2" < "$1"
        for i in 1 2 3; do printf '\\r%s\\r' "$3" > "$1"; sleep 0.15; done
        """;

    /** A shell has no such sockets; the command sends stop when it ends. */
    private static final String OF_SOCKET_CAN =
        """
        command -v cansend > /dev/null && cansend "$1" "$2" && exit 0
        exec "${ROUNDHOUSE_LAUNCHER:-roundhouse}" monitor --can "socketcan:$1" --for 0s < /dev/null
        """;

    /** Stops trains by a 6051 at a serial port. */
    public static Errand by6051(String path) {
      return new Errand(OF_6051, List.of(path));
    }

    /** Stops trains by an SLCAN adapter at a serial port. */
    public static Errand bySlcan(String path, int baud) {
      String stop = StationCommand.stop().toString();
      return new Errand(
          OF_SLCAN,
          List.of(
              path,
              Integer.toString(baud),
              "T" + stop.replace("#", Integer.toString(StationCommand.stop().length()))));
    }

    /** Stops trains by an interface of SocketCAN. */
    public static Errand bySocketCan(String name) {
      return new Errand(OF_SOCKET_CAN, List.of(name, StationCommand.stop().toString()));
    }
  }

  private final Optional<Process> shell;

  private StopGuard(Optional<Process> shell) {
    this.shell = shell;
  }

  /** Does an errand should this process die from now on. */
  public static StopGuard with(Errand errand) {
    try {
      List<String> command =
          new ArrayList<>(
              List.of("/bin/sh", "-c", WAIT_FOR_THE_END + errand.script, "roundhouse-stop-guard"));
      command.addAll(errand.arguments);
      Process started =
          new ProcessBuilder(command)
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
