package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.hand.Conversation;
import dev.roundhouse.cli.hand.FramedWatch;
import dev.roundhouse.cli.hand.HandBox;
import dev.roundhouse.cli.hand.MarklinHandBox;
import dev.roundhouse.cli.hand.SentBytes;
import dev.roundhouse.cli.hand.StationHandBox;
import dev.roundhouse.cli.hand.Typist;
import dev.roundhouse.devices.bcm2711.Cables;
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
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final StandardEnd.Streams standard;
  private final PrintStream out;
  private final Messages messages;
  private final Map<String, String> environment;
  private volatile long start = System.nanoTime();
  private volatile long lastShown;
  private volatile Optional<Typist> typist = Optional.empty();
  private String shownPrompt = "";

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
  public record Line(int uart, LineTarget target, HostEnds.Settings ports, Duration patience) {
    String name() {
      return Cables.name(uart);
    }

    private boolean isCan() {
      return uart == Cables.CAN;
    }

    private HandBox box() {
      return isCan() ? new StationHandBox() : new MarklinHandBox();
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
                  new SilentTrace(), Cables.ALL.stream().filter(uart -> uart != console).toList()));
    }
  }

  private synchronized void show(String line) {
    lastShown = System.nanoTime();
    Optional<String> prompt = typist.flatMap(Typist::prompt);
    out.print(
        prompt
            .map(text -> CLEAR_LINE + Printable.lines(line) + "\r\n" + text)
            .orElseGet(() -> Printable.lines(line) + "\n"));
    out.flush();
  }

  private synchronized void showPrompt() {
    String prompt = typist.flatMap(Typist::prompt).orElse("");
    if (!prompt.equals(shownPrompt)) {
      shownPrompt = prompt;
      out.print(CLEAR_LINE + prompt);
      out.flush();
    }
  }

  /**
   * Takes a program's place at a line: sends what comes in, shows both directions.
   *
   * @param trains what is simulated at the far end, if that is a track
   * @throws UserError when the line cannot be set up
   */
  public ExitCode listen(Line line, Optional<TrainSetPlan> trains) throws UserError {
    if (trains.isPresent() && line.target() instanceof LineTarget.Track(String layout)) {
      LineEnds.checkBox(line.uart(), layout, trains.get());
    }
    LineWatch shown = new LineMonitor(line.name(), this::show);
    LineWatch monitor = line.isCan() ? new FramedWatch(shown) : shown;
    SentBytes sent = new SentBytes(monitor, this::nanos);
    HostEnds ends =
        new HostEnds(text -> messages.say(Messages.Tone.PLAIN, text), line.ports(), sent::leaves);
    try (Typist person = new Typist(standard, messages, line.box())) {
      typist = Optional.of(person);
      if (trains.isEmpty()) {
        boolean isFiltered = isReal(line.target());
        try (HostEnd end = ends.open(line.uart(), line.target())) {
          converse(line, end, isFiltered ? sent : monitor, sent::tell);
        }
        sent.tell();
      } else {
        // The server sees when bytes really pass.
        try (TrackServer server = server(trains.get(), monitor);
            HostEnd end = server.localEnd()) {
          server.start();
          converse(line, end, LineWatch.none(), () -> {});
        }
      }
      return person.hasFailed() ? ExitCode.USAGE : ExitCode.FINISHED;
    } catch (HostFailure e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      typist = Optional.empty();
    }
  }

  /** Whether limits and a dry run may change what is sent. */
  private static boolean isReal(LineTarget target) {
    return target instanceof LineTarget.Serial || target instanceof LineTarget.SocketCan;
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

  private long nanos() {
    return System.nanoTime() - start;
  }

  private void converse(Line line, HostEnd end, LineWatch watch, Runnable eachStep)
      throws IOException {
    LiveGate gate = new LiveGate(InputLog.none());
    Conversation conversation = new Conversation(end.attachment(), watch);
    if (end.attachment().input() instanceof InputSource.Live(var peer, _)) {
      peer.start(line.uart(), gate);
    }
    Typist person = typist.orElseThrow();
    person.start();
    start = System.nanoTime();
    lastShown = start;
    while (goesOn(person, conversation, line.patience())) {
      person.takePart(conversation);
      showPrompt();
      conversation.send(nanos());
      gate.awaitInput(STEP_NANOS);
      eachStep.run();
      long now = nanos();
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

  private boolean goesOn(Typist person, Conversation conversation, Duration patience) {
    return switch (person.appetite()) {
      case MORE -> true;
      case REST -> conversation.waiting() > 0 || System.nanoTime() - lastShown < patience.toNanos();
      case NONE ->
          conversation.waiting() > 0 && System.nanoTime() - lastShown < STOP_PATIENCE.toNanos();
    };
  }
}
