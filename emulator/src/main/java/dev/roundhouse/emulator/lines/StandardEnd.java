package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.platform.Terminal;
import dev.roundhouse.emulator.platform.TerminalMode;
import dev.roundhouse.emulator.process.EndGuard;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostThreads;
import dev.roundhouse.emulator.process.Notices;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The process's own input and output. A terminal gets raw mode from the start of the machine until
 * this is closed or the process ends, however it ends; {@link EndGuard} sees to it when this
 * process cannot.
 */
public final class StandardEnd implements HostEnd {
  /**
   * The streams of the process, as raw as the host has them.
   *
   * @param endings what is done before the process ends
   */
  public record Streams(InputStream in, StreamOutput out, Endings endings) {
    /** Streams of a process that nobody but them has to put anything right for. */
    public Streams(InputStream in, StreamOutput out) {
      this(in, out, Endings.ofPart());
    }
  }

  /** When bytes of a pipe or file come in; a terminal's keys always come when they are typed. */
  public enum PipedBytes {
    /** When the program can take them: the machine waits for the producer. */
    AS_TAKEN,
    /** When the producer writes them: the machine goes on meanwhile. */
    AS_THEY_COME
  }

  private static final String NOT_OVER =
      "ended by Ctrl-A x, while nobody took the output or the run did not come to its end";
  private static final String HELP =
      "keys: Ctrl-A x ends the run, Ctrl-A t shows the tasks, Ctrl-A h shows this, Ctrl-A Ctrl-A sends Ctrl-A";
  private static final int CHUNK_BYTES = 256;
  private static final int BYTE_MASK = 0xff;

  /** The exit code of a run that Ctrl-A x has ended. */
  private static final int STOPPED = 0;

  private final Streams streams;
  private final Notices notices;
  private final UartAttachment attachment;
  private final Terminal terminal;

  /** What to give back to the terminal, while it is in raw mode. */
  private final AtomicReference<@Nullable TerminalMode> toRestore = new AtomicReference<>();

  private Endings.Promise restoring = () -> {};
  private volatile @Nullable OverdueRun stopping;

  private StandardEnd(Streams streams, Terminal terminal, PipedBytes piped, Notices notices) {
    this.streams = streams;
    this.terminal = terminal;
    this.notices = notices;
    attachment = new UartAttachment(input(piped), streams.out());
  }

  private InputSource input(PipedBytes piped) {
    if (terminal.isTerminal()) {
      return new InputSource.Live(this::start);
    }
    return switch (piped) {
      case AS_TAKEN -> new InputSource.Waiting(new PipedInput(streams.in(), notices));
      case AS_THEY_COME ->
          new InputSource.Live(
              (uart, gate) -> HostThreads.start("input", () -> readPipe(uart, gate)));
    };
  }

  /** The process's own input and output. */
  public static StandardEnd of(Streams streams, PipedBytes piped, Notices notices) {
    return of(streams, Terminal.of(Terminal.STDIN), piped, notices);
  }

  /** The same for input from another descriptor. */
  static StandardEnd of(Streams streams, Terminal terminal, PipedBytes piped, Notices notices) {
    return new StandardEnd(streams, terminal, piped, notices);
  }

  @Override
  public UartAttachment attachment() {
    return attachment;
  }

  /** Whether the terminal is in raw mode now, so that a line must end in CR and LF. */
  public boolean isRaw() {
    return toRestore.get() != null;
  }

  @Override
  public void close() {
    OverdueRun run = stopping;
    if (run != null) {
      run.close();
    }
    restore();
    restoring.withdraw();
  }

  private void start(int uart, LiveGate gate) {
    try {
      TerminalMode before = terminal.mode();
      restoring = streams.endings().before(this::restore);
      toRestore.set(before);
      terminal.set(terminal.raw(before));
      EndGuard.tellRawMode();
    } catch (IOException e) {
      toRestore.set(null);
      notices.say("the terminal has no raw mode: keys arrive by the line");
    }
    HostThreads.start("terminal", () -> read(uart, gate));
  }

  private void restore() {
    TerminalMode before = toRestore.getAndSet(null);
    if (before != null) {
      try {
        terminal.set(before);
        EndGuard.tellUsualMode();
      } catch (IOException e) {
        notices.say("the terminal could not be restored: type 'stty sane'");
      }
    }
  }

  private void read(int uart, LiveGate gate) {
    KeyFilter filter = new KeyFilter();
    byte[] keys = new byte[CHUNK_BYTES];
    try {
      for (int count = streams.in().read(keys); count >= 0; count = streams.in().read(keys)) {
        for (int i = 0; i < count; i++) {
          act(filter.typed(keys[i] & BYTE_MASK), uart, gate);
        }
      }
    } catch (IOException e) {
      notices.say("the terminal is gone: " + HostErrors.reason(e));
    }
    gate.offer(new ExternalInput.SerialEnded(uart));
  }

  private void readPipe(int uart, LiveGate gate) {
    byte[] bytes = new byte[CHUNK_BYTES];
    try {
      for (int count = streams.in().read(bytes); count >= 0; count = streams.in().read(bytes)) {
        for (int i = 0; i < count; i++) {
          gate.offer(new ExternalInput.SerialByte(uart, bytes[i] & BYTE_MASK));
        }
      }
    } catch (IOException e) {
      notices.say("input cannot be read any further: " + HostErrors.reason(e));
    }
    gate.offer(new ExternalInput.SerialEnded(uart));
  }

  private void act(KeyFilter.Meaning meaning, int uart, LiveGate gate) {
    switch (meaning) {
      case KeyFilter.Meaning.ForProgram(int value) ->
          gate.offer(new ExternalInput.SerialByte(uart, value));
      case KeyFilter.Meaning.Help() -> notices.say(HELP);
      case KeyFilter.Meaning.Tasks() -> gate.askForTasks();
      case KeyFilter.Meaning.Stop() -> {
        gate.offer(new ExternalInput.StopRequest());
        stopping = OverdueRun.watch(0, streams, STOPPED, () -> notices.say(NOT_OVER));
      }
      case KeyFilter.Meaning.Nothing() -> {
        // The first key of two, or one without a meaning.
      }
    }
  }
}
