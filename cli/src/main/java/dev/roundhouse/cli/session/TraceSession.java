package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.observe.BinaryTrace;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.timeline.EventFields;
import dev.roundhouse.emulator.timeline.TraceBlocks;
import dev.roundhouse.emulator.timeline.TraceException;
import dev.roundhouse.emulator.timeline.TraceInput;
import dev.roundhouse.emulator.timeline.TraceLines;
import dev.roundhouse.kernel.abi.CallAbi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads traces, and makes those of recordings by running them again. */
public final class TraceSession {
  private final Session session;
  private final Messages messages;
  private final Session.ReplayPlan plan;
  private final CallAbi abi;

  /**
   * For recordings that are replayed as {@code session} does.
   *
   * @param abi what the system calls of booted kernels are
   */
  public TraceSession(Session session, Messages messages, Session.ReplayPlan plan, CallAbi abi) {
    this.session = session;
    this.messages = messages;
    this.plan = plan;
    this.abi = abi;
  }

  /**
   * Checks that a file can be read.
   *
   * @throws UserError if it cannot
   */
  public static void requireReadable(Path file) throws UserError {
    int _ = UserFile.of(file, FileKind.TRACE).read(InputStream::read);
  }

  /**
   * Tells {@code sink} all events of a trace, or of a recording.
   *
   * @param untilNanos after which nothing of a trace is wanted
   * @return what the command ends with
   * @throws UserError when the file is neither of both
   */
  public int tell(Path file, long untilNanos, TraceSink sink) throws UserError {
    boolean isTrace =
        UserFile.of(file, FileKind.TRACE)
            .read(in -> {
              byte[] start = in.readNBytes(Long.BYTES);
              long magic = start.length == Long.BYTES ? ByteBuffer.wrap(start).getLong() : 0;
              if (magic == RecordingFormat.MAGIC) {
                return false;
              }
              InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
              TraceInput trace =
                  magic == BinaryTrace.MAGIC ? new TraceBlocks(in) : new TraceLines(whole);
              read(file, trace, untilNanos, sink);
              return true;
            });
    return isTrace ? ExitCode.FINISHED.code() : replay(file, sink);
  }

  private void read(Path file, TraceInput trace, long untilNanos, TraceSink sink)
      throws IOException, UserError {
    EventFields event = new EventFields();
    try {
      while (trace.next(event)) {
        if (trace.nanos() > untilNanos) {
          return;
        }
        sink.emit(trace.nanos(), event);
      }
    } catch (TraceException e) {
      throw new UserError(
          ExitCode.PROGRAM,
          "%s: %s: %s; give a file that was written by --trace or --record"
              .formatted(file, trace.place(), e.getMessage()),
          e);
    }
    if (trace.isCutOff()) {
      messages.say(
          Tone.WARNING, file + ": " + trace.place() + " is cut off; all before it is used");
    }
  }

  private int replay(Path file, TraceSink sink) throws UserError {
    Recording recording = RecordingFile.read(file);
    if (!recording.isComplete()) {
      messages.say(
          Tone.WARNING,
          file + ": is cut off; it is used up to its last check point, at " + recording.until());
    }
    ReplayOutcome outcome =
        new Replay(recording, plan.limit().toNanos())
            .watchedBy(abi)
            .run(
                session.choose(plan.engine()).engine(),
                new Replay.Listeners(OutputPort.none(), sink, _ -> {}, (_, _) -> {}),
                Replay.Observer.NOBODY);
    return switch (outcome) {
      case ReplayOutcome.Identical _, ReplayOutcome.IdenticalUntilCut _ -> ExitCode.FINISHED.code();
      case ReplayOutcome.IdenticalUntilTimeout late -> {
        messages.say(
            Tone.ERROR,
            new RunEnd.WallTimeout().text() + "; all before " + late.until() + " is used");
        yield ExitCode.TIMEOUT.code();
      }
      case ReplayOutcome.Different different -> {
        messages.say(Tone.ERROR, different.difference().text());
        yield ExitCode.DIFFERENT.code();
      }
    };
  }
}
