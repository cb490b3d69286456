package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.record.format.ChunkReader;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A recorded run, read from its file. The file is not trusted: what is read is a run that can be
 * replayed, whether or not it ever took place.
 */
public final class Recording {
  /**
   * How a recording ends.
   *
   * @param how the run's end as it was recorded
   * @param last how much had happened, without a time
   */
  record Ending(RecordedEnd how, CheckPoint last) {}

  private final SetupReader setup;
  private final RunLog log;
  private final Optional<Ending> ending;

  private Recording(SetupReader setup, RunLog log, Optional<Ending> ending) {
    this.setup = setup;
    this.log = log;
    this.ending = ending;
  }

  /**
   * Reads a recording to its end.
   *
   * @throws RecordingException when it is none, is damaged, is of another version, or was cut
   *     before its first check point
   */
  public static Recording read(InputStream in) throws IOException, RecordingException {
    ChunkReader chunks = new ChunkReader(in);
    var first = chunks.next();
    if (first.isEmpty()) {
      throw cutTooEarly();
    }
    if (first.get().type() != RecordingFormat.SETUP) {
      throw RecordingException.damaged("it does not start with what the run was made of");
    }
    SetupReader setup = new SetupReader(first.get().fields());
    RunLog log = new RunLog();
    Optional<Ending> ending = readRun(chunks, setup, log);
    setup.complete();
    if (ending.isEmpty() && log.checkPoints().isEmpty()) {
      throw cutTooEarly();
    }
    return new Recording(setup, log, ending);
  }

  private static Optional<Ending> readRun(ChunkReader chunks, SetupReader setup, RunLog log)
      throws IOException, RecordingException {
    boolean hasLog = false;
    for (var next = chunks.next(); next.isPresent(); next = chunks.next()) {
      FieldReader fields = next.get().fields();
      int type = next.get().type();
      if (!hasLog && setup.takes(type, fields)) {
        continue;
      }
      if (type == RecordingFormat.LOG) {
        hasLog = true;
        log.add(fields);
      } else if (type == RecordingFormat.END) {
        Ending ending = ending(fields, log.lastCheckPoint());
        if (!chunks.isAtEnd()) {
          throw RecordingException.damaged("bytes behind its end");
        }
        return Optional.of(ending);
      } else {
        throw RecordingException.damaged("a part at the wrong place");
      }
    }
    return Optional.empty();
  }

  private static Ending ending(FieldReader fields, CheckPoint before) throws RecordingException {
    String word = fields.takeText();
    String text = fields.takeText();
    long nanos = fields.takeVarint();
    long instructions = fields.takeVarint();
    long entries = fields.takeVarint();
    CheckPoint last = new CheckPoint(nanos, fields.takeVarint(), fields.takeLong());
    fields.expectEnd();
    if (last.events() < before.events()) {
      throw fields.damaged("fewer events than before");
    }
    return new Ending(new RecordedEnd(word, text, nanos, instructions, entries), last);
  }

  private static RecordingException cutTooEarly() {
    return new RecordingException(
        "the recording is cut off before its first check point", "record the run again");
  }

  /** Whether the end of the run is in it; if not, it can be replayed to its last check point. */
  public boolean isComplete() {
    return ending.isPresent();
  }

  /** Until when it can be replayed. */
  public VirtualTime until() {
    return new VirtualTime(
        ending.map(end -> end.how().nanos()).orElse(log.lastCheckPoint().nanos()));
  }

  /** What it says about its run. */
  public RecordedNotes notes() {
    return setup.notes();
  }

  /** What ran; a kernel's system calls are not watched. */
  public Guest guest() {
    return setup.guest();
  }

  /** The simulated train set at a line, if there is one. */
  public Optional<TrainSetPlan> trains(int line) {
    return setup.line(line) == LineKind.TRAINS ? Optional.of(setup.trains(line)) : Optional.empty();
  }

  SetupReader setup() {
    return setup;
  }

  RunLog log() {
    return log;
  }

  Optional<Ending> ending() {
    return ending;
  }
}
