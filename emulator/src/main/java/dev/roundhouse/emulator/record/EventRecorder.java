package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.format.ChunkWriter;
import dev.roundhouse.emulator.record.format.FieldWriter;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes down what happens in a machine. What happened so far reaches the stream at least each 100
 * virtual milliseconds in which anything happens, and when the machine looks up twice and nothing
 * has happened in between. A stream that cannot be written ends the run by {@link
 * UncheckedIOException}.
 */
final class EventRecorder {
  private static final long CHECK_NANOS = 100_000_000;
  private static final int CHECK_EVENTS = 4096;
  private static final int LARGE_LOG_BYTES = 32 << 10;

  private final ChunkWriter chunks;
  private final TraceSink onward;
  private final InputLog onwardInput;
  private final MachineConfig.Listeners listeners;
  private final EventDigest digest = new EventDigest();
  private final FieldWriter log = new FieldWriter();
  private CheckPoint latest = CheckPoint.START;
  private long loggedNanos;
  private long eventsAtFlush;
  private boolean isFinished;
  private boolean hasInput;
  private long nextCheckNanos = CHECK_NANOS;

  /** Listens for those who would have heard it otherwise. */
  EventRecorder(ChunkWriter chunks, MachineConfig.Listeners heard) {
    this.chunks = chunks;
    onward = heard.trace();
    onwardInput = heard.input();
    Ears ears = new Ears();
    listeners = new MachineConfig.Listeners(ears, heard.violations(), heard.warnings(), ears);
  }

  /** Who is to hear of the run: the recorder, and through it all others. */
  MachineConfig.Listeners listeners() {
    return listeners;
  }

  /** The lines; the first one also tells when the machine makes output visible. */
  Map<Integer, UartAttachment> watched(Map<Integer, UartAttachment> plain) {
    int first = Cables.SERIAL.getFirst();
    Map<Integer, UartAttachment> lines = new TreeMap<>(plain);
    UartAttachment line = plain.getOrDefault(first, UartAttachment.unconnected());
    lines.put(first, new UartAttachment(line.input(), new WatchedOutput(line.output())));
    return lines;
  }

  /** Writes what has happened of a run that came to no end, so that it replays up to here. */
  void breakOff() throws IOException {
    if (!isFinished && digest.events() > latest.events()) {
      check();
      writeLog();
    }
  }

  /** Completes the recording. */
  void finish(RecordedEnd end) throws IOException {
    isFinished = true;
    writeLog();
    CheckPoint last = digest.now();
    FieldWriter fields =
        new FieldWriter()
            .putText(end.word())
            .putText(end.text())
            .putVarint(end.nanos())
            .putVarint(end.instructions())
            .putVarint(end.entries())
            .putVarint(last.events())
            .putLong(last.digest());
    chunks.write(RecordingFormat.END, fields.take());
  }

  private void putTimed(int tag, int uart, long nanos) {
    log.putByte(tag | (uart << RecordingFormat.TAG_BITS)).putVarint(nanos - loggedNanos);
    loggedNanos = nanos;
  }

  private void checkIfDue() {
    boolean isTime = digest.latestNanos() >= nextCheckNanos;
    if (isTime || digest.events() - latest.events() >= CHECK_EVENTS) {
      check();
    }
    if (isTime) {
      nextCheckNanos = (latest.nanos() / CHECK_NANOS + 1) * CHECK_NANOS;
    }
    if (isTime || log.size() >= LARGE_LOG_BYTES) {
      writeLogOfRun();
    }
  }

  private void check() {
    CheckPoint now = digest.now();
    putTimed(RecordingFormat.CHECK, 0, now.nanos());
    log.putVarint(now.events() - latest.events()).putLong(now.digest());
    latest = now;
  }

  /**
   * Output was made visible: if nothing has happened since it last was, now is time to write; and
   * if something has come in, which nobody can make up for.
   */
  private void flushed() {
    boolean isTime = hasInput || digest.events() == eventsAtFlush;
    if (isTime && digest.events() > latest.events()) {
      hasInput = false;
      check();
      writeLogOfRun();
    }
    eventsAtFlush = digest.events();
  }

  private void writeLogOfRun() {
    try {
      writeLog();
    } catch (IOException e) {
      throw new UncheckedIOException("the recording cannot be written: " + e.getMessage(), e);
    }
  }

  private void writeLog() throws IOException {
    if (log.size() > 0) {
      chunks.write(RecordingFormat.LOG, log.take());
    }
  }

  /** Hears what happens in the machine. */
  private final class Ears implements TraceSink, InputLog {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void emit(long nanos, TraceEvent event) {
      if (onward.isOn()) {
        onward.emit(nanos, event);
      }
      if (!(event instanceof KernelStep)) {
        // A booted kernel's steps are seen only while somebody looks at its trace.
        digest.add(nanos, event);
        checkIfDue();
      }
    }

    @Override
    public void entered(long nanos, ExternalInput input) {
      onwardInput.entered(nanos, input);
      switch (input) {
        case ExternalInput.SerialByte(int uart, int value) -> {
          putTimed(RecordingFormat.BYTE, uart, nanos);
          log.putByte(value);
        }
        case ExternalInput.SerialEnded(int uart) -> putTimed(RecordingFormat.ENDED, uart, nanos);
        case ExternalInput.ClearToSend(int uart, Signal state, long frames) -> {
          putTimed(RecordingFormat.CTS, uart, nanos);
          log.putOneOf(RunLog.SIGNALS, state).putVarint(frames);
        }
        case ExternalInput.StopRequest() -> putTimed(RecordingFormat.STOP, 0, nanos);
      }
      digest.add(nanos, input);
      hasInput = true;
      checkIfDue();
    }

    @Override
    public void pulled(int uart, int value) {
      onwardInput.pulled(uart, value);
      int place = uart << RecordingFormat.TAG_BITS;
      if (value == SerialPeer.ENDED) {
        log.putByte(RecordingFormat.PULLED_END | place);
      } else {
        log.putByte(RecordingFormat.PULLED | place).putByte(value);
      }
      digest.addPulled(uart, value);
      checkIfDue();
    }
  }

  /** Passes output on. */
  private final class WatchedOutput implements OutputPort {
    private final OutputPort plain;

    WatchedOutput(OutputPort plain) {
      this.plain = plain;
    }

    @Override
    public void put(int value) throws IOException {
      plain.put(value);
    }

    @Override
    public void flush() throws IOException {
      plain.flush();
      flushed();
    }
  }
}
