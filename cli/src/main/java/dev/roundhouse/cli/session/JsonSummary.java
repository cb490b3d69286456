package dev.roundhouse.cli.session;

import com.google.gson.stream.JsonWriter;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.run.RunResult;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;

/**
 * The summary of a run for other programs: one JSON object in one line.
 *
 * @param ending how it came out
 * @param violations how many were seen of the kernel model's rules
 * @param engine the engine library, its version and place
 */
record JsonSummary(GuestRun run, Ending ending, Guest guest, long violations, String engine) {
  private static final int NANO_DIGITS = 9;

  /** The object. */
  String line() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      RunResult result = run.result();
      json.beginObject();
      json.name("end").value(result.end().word());
      json.name("reason").value(ending.reason());
      json.name("exitCode").value(ending.exitCode());
      json.name("virtualSeconds").value(BigDecimal.valueOf(result.at().nanos(), NANO_DIGITS));
      json.name("instructions").value(result.instructions());
      switch (guest) {
        case Guest.Programs _ -> {
          json.name("systemCalls").value(result.kernelEntries());
          json.name("violations").value(violations);
        }
        case Guest.Kernel _ -> json.name("exceptions").value(result.kernelEntries());
      }
      json.name("engine").value(engine);
      if (!run.frames().isEmpty()) {
        json.name("frames").beginArray();
        for (CodePlace frame : run.frames()) {
          json.jsonValue(frame.json());
        }
        json.endArray();
      }
      if (run.tasks().isPresent()) {
        json.name("tasks").jsonValue(run.tasks().get().json());
      }
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string takes all that is written", e);
    }
    return JsonText.shown(text.toString());
  }
}
