package dev.roundhouse.cli.session;

import com.google.gson.stream.JsonWriter;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.kernel.abi.CallAbi;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Shows the tasks of recordings. */
public final class TasksSession {
  private static final int NANO_DIGITS = 9;

  private final Session session;
  private final PrintStream out;
  private final CallAbi abi;

  /** How they are shown. */
  public enum Form {
    /** As a table. */
    TEXT,
    /** As a JSON object. */
    JSON
  }

  /**
   * For recordings that are replayed as {@code session} does.
   *
   * @param abi what the system calls of booted kernels are
   */
  public TasksSession(Session session, PrintStream out, CallAbi abi) {
    this.session = session;
    this.out = out;
    this.abi = abi;
  }

  /**
   * Shows the tasks at a time of a recording, or at its end.
   *
   * @throws UserError when there are none to show
   */
  public int show(Path file, Optional<Duration> at, Session.ReplayPlan plan, Form form)
      throws UserError {
    Recording recording = RecordingFile.read(file);
    long nanos = at.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    if (at.isPresent() && nanos > recording.until().nanos()) {
      throw new UserError(
          ExitCode.USAGE,
          "--at: the recording ends at %s; give a time before".formatted(recording.until()));
    }
    Replay plain = new Replay(recording, plan.limit().toNanos());
    Replay replay = abi == CallAbi.UNKNOWN ? plain : plain.watchedBy(abi);
    var nobody = new Replay.Listeners(OutputPort.none(), new SilentTrace(), _ -> {}, (_, _) -> {});
    TaskReport tasks =
        replay
            .tasksAt(session.choose(plan.engine()).engine(), nobody, new Pause(nanos, () -> false))
            .orElseThrow(() ->
                new UserError(
                    ExitCode.USAGE,
                    file
                        + ": is of a booted kernel; say what its system calls are by --abi PROFILE"
                        + " (docs/abi-profiles.md)"));
    out.print(Printable.lines(form == Form.JSON ? json(tasks) : text(tasks)) + "\n");
    out.flush();
    return ExitCode.FINISHED.code();
  }

  private static String text(TaskReport tasks) {
    return String.join("\n", tasks.lines());
  }

  private static String json(TaskReport tasks) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("virtualSeconds").value(BigDecimal.valueOf(tasks.at().nanos(), NANO_DIGITS));
      json.name("tasks").jsonValue(tasks.json());
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string takes all that is written", e);
    }
    return JsonText.shown(text.toString());
  }
}
