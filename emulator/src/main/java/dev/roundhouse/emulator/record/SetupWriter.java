package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ElfProblem;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.report.Strictness;
import java.io.IOException;
import java.util.List;

/** Writes what a run is made of. */
record SetupWriter(ChunkWriter chunks) {
  void write(MachineConfig config, RecordedNotes notes) throws IOException, RecordingException {
    chunks.write(RecordingFormat.SETUP, setup(config, notes).take());
    var programs = config.guest().programs();
    List<String> names = programs.names();
    if (names.size() > RecordingFormat.MOST_PROGRAMS) {
      throw new RecordingException(
          names.size() + " programs are too many to record",
          "give at most " + RecordingFormat.MOST_PROGRAMS);
    }
    long total = 0;
    for (String name : names) {
      ParseResult program = programs.find(name).orElseThrow();
      total += program instanceof ParseResult.Accepted(var image, _) ? image.fileBytes() : 0;
      if (total > RecordingFormat.LARGEST_PROGRAMS_BYTES) {
        throw new RecordingException(
            "the programs are too large to record", "give fewer, or without debug information");
      }
      chunks.write(RecordingFormat.PROGRAM, program(name, program).take());
    }
    writeTrains(config);
  }

  private void writeTrains(MachineConfig config) throws IOException, RecordingException {
    for (int uart : Bcm2711.UARTS) {
      UartAttachment line = config.lines().getOrDefault(uart, UartAttachment.unconnected());
      if (line.input() instanceof InputSource.SimulatedTrains(var plan, _)) {
        chunks.write(RecordingFormat.TRAINS, TrainsFields.write(uart, plan).take());
      }
    }
  }

  private static FieldWriter setup(MachineConfig config, RecordedNotes notes) {
    var guest = config.guest();
    FieldWriter fields =
        new FieldWriter()
            .putText(guest.profile().name())
            .putText(notes.engine())
            .putOneOf(List.of(Strictness.values()), guest.strictness())
            .putVarint(config.course().limits().virtualNanos())
            .putVarint(notes.console());
    for (int uart : Bcm2711.UARTS) {
      UartAttachment line = config.lines().getOrDefault(uart, UartAttachment.unconnected());
      fields.putOneOf(LineKind.ALL, LineKind.of(line.input()));
    }
    fields.putVarint(guest.entryArguments().size());
    for (KernelConfig.Argument argument : guest.entryArguments()) {
      fields.putText(argument.key()).putText(argument.value());
    }
    return fields;
  }

  private static FieldWriter program(String name, ParseResult program)
      throws IOException, RecordingException {
    FieldWriter fields = new FieldWriter().putText(name);
    return switch (program) {
      case ParseResult.Accepted(ElfImage image, _) -> {
        if (image.fileBytes() > RecordingFormat.LARGEST_PROGRAM_BYTES) {
          throw new RecordingException(
              "program " + name + " is too large to record", "give it without debug information");
        }
        yield fields
            .putByte(RecordingFormat.LOADABLE)
            .putText(image.name())
            .putVarint(image.fileBytes())
            .putBytes(deflated(image));
      }
      case ParseResult.Refused(ElfProblem(String what, String where, String advice)) ->
          fields.putByte(RecordingFormat.REFUSED).putText(what).putText(where).putText(advice);
    };
  }

  private static byte[] deflated(ElfImage image) throws IOException {
    return FieldWriter.deflated(image::copyFileTo);
  }
}
