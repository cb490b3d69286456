package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.lines.HostEnd;
import dev.roundhouse.emulator.lines.HostEnds;
import dev.roundhouse.emulator.lines.LineTarget;
import dev.roundhouse.emulator.lines.SerialSettings;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.observe.LineMonitor;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.trackserver.TrackServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Shows what passes on the line to an interface box: of a recording, or in a program's place. */
public final class MonitorSession {
  private static final long STEP_NANOS = 10_000_000;

  private final StandardEnd.Streams standard;
  private final PrintStream out;
  private final Messages messages;
  private final Map<String, String> environment;
  private volatile long lastShown;

  /** A session of a process with those streams and that environment. */
  public MonitorSession(
      StandardEnd.Streams standard,
      PrintStream out,
      Messages messages,
      Map<String, String> environment) {
    this.standard = standard;
    this.out = out;
    this.messages = messages;
    this.environment = environment;
  }

  /**
   * A line to look at.
   *
   * @param target its far end
   * @param patience how long to go on when there is no more input
   */
  public record Line(int uart, LineTarget target, SerialSettings serial, Duration patience) {
    String name() {
      return Bcm2711.lineName(uart);
    }
  }

  /**
   * Shows all lines of a recording but the console's.
   *
   * @return the exit code of the replay
   * @throws UserError when it cannot be read or started
   */
  public int replay(Path recording, Session.ReplayPlan plan) throws UserError {
    int console = RecordingFile.read(recording).notes().console();
    try (MonitorFile all = MonitorFile.open(Optional.of("-"), this::show)) {
      return new Session(standard, messages, environment)
          .replay(
              recording,
              plan,
              OutputPort.none(),
              all.trace(
                  new SilentTrace(),
                  Bcm2711.UARTS.stream().filter(uart -> uart != console).toList()));
    }
  }

  private void show(String line) {
    lastShown = System.nanoTime();
    out.print(Printable.lines(line) + "\n");
    out.flush();
  }

  /**
   * Takes a program's place at a line: sends what comes in, shows both directions.
   *
   * @param trains what is simulated at the far end, if that is a track
   * @throws UserError when the line cannot be set up
   */
  public ExitCode listen(Line line, Optional<TrainSetPlan> trains) throws UserError {
    HostEnds ends = new HostEnds(text -> messages.say(Messages.Tone.PLAIN, text), line.serial());
    LineWatch monitor = new LineMonitor(line.name(), this::show);
    try {
      if (trains.isEmpty()) {
        try (HostEnd end = ends.open(line.uart(), line.target())) {
          converse(line, end, monitor);
        }
      } else {
        // The server sees when bytes really pass.
        try (TrackServer server = server(trains.get(), monitor);
            HostEnd end = server.localEnd()) {
          server.start();
          converse(line, end, LineWatch.none());
        }
      }
      return ExitCode.FINISHED;
    } catch (HostFailure e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TrackServer server(TrainSetPlan plan, LineWatch monitor) {
    return new TrackServer(
        plan,
        TrackServer.Patience.WAITS,
        new TrackServer.Listeners(
            new SilentTrace(),
            (where, what) -> messages.say(Messages.Tone.WARNING, "warning: " + where + ": " + what),
            monitor,
            text -> messages.say(Messages.Tone.PLAIN, text)));
  }

  private void converse(Line line, HostEnd end, LineWatch watch) throws IOException {
    LiveGate gate = new LiveGate(InputLog.none());
    Conversation conversation =
        new Conversation(end.attachment(), watch, TypedBytes.reading(standard.in(), messages));
    if (end.attachment().input() instanceof InputSource.Live(var peer, _)) {
      peer.start(line.uart(), gate);
    }
    long start = System.nanoTime();
    lastShown = start;
    while (!conversation.isAllSent() || System.nanoTime() - lastShown < line.patience().toNanos()) {
      conversation.send(System.nanoTime() - start);
      gate.awaitInput(STEP_NANOS);
      long now = System.nanoTime() - start;
      gate.admit(
          now,
          input -> {
            if (input instanceof ExternalInput.SerialByte) {
              gate.taken();
            }
            conversation.hear(now, input);
          });
    }
  }
}
