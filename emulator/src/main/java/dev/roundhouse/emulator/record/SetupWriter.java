package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.HandOver;
import dev.roundhouse.emulator.record.format.ChunkWriter;
import dev.roundhouse.emulator.record.format.FieldWriter;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ElfProblem;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Writes what a run is made of. */
record SetupWriter(ChunkWriter chunks) {
  void write(RunSetup setup) throws IOException, RecordingException {
    if (!setup.extras().sharedMemory().isEmpty()) {
      throw new RecordingException(
          "memory that other processes share cannot be recorded", "share none");
    }
    chunks.write(RecordingFormat.SETUP, setup(setup).take());
    switch (setup.guest()) {
      case Guest.Programs guest -> {
        writePrograms(guest.programs());
        writeGuards(guest.guards());
      }
      case Guest.Kernel guest -> writeKernel(guest);
    }
    for (MotorPlan motor : setup.extras().motors()) {
      chunks.write(RecordingFormat.MOTOR, new FieldWriter().putText(motor.document()).take());
    }
    writeTrains(setup);
  }

  private void writePrograms(ProgramCatalog programs) throws IOException, RecordingException {
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
  }

  private void writeGuards(Set<Guard> guards) throws IOException {
    if (!guards.isEmpty()) {
      FieldWriter fields = new FieldWriter();
      guards.forEach(guard -> fields.putOneOf(SetupReader.GUARDS, guard));
      chunks.write(RecordingFormat.GUARDS, fields.take());
    }
  }

  private void writeKernel(Guest.Kernel guest) throws IOException, RecordingException {
    chunks.write(RecordingFormat.KERNEL, kernel(guest.image()).take());
    if (!guest.start().equals(HandOver.OF_FIRMWARE)) {
      chunks.write(
          RecordingFormat.HAND_OVER,
          new FieldWriter()
              .putOneOf(SetupReader.STARTERS, guest.start().by())
              .putVarint(guest.start().stackPointer())
              .take());
    }
  }

  private static FieldWriter kernel(KernelImage image) throws IOException, RecordingException {
    if (image.fileBytes() > RecordingFormat.LARGEST_KERNEL_BYTES) {
      throw new RecordingException(
          image.name() + " is too large to record", "give one of at most 256 MiB");
    }
    return new FieldWriter()
        .putText(image.name())
        .putVarint(image.fileBytes())
        .putBytes(FieldWriter.deflated(image::copyFileTo));
  }

  private void writeTrains(RunSetup setup) throws IOException, RecordingException {
    for (int line : Cables.ALL) {
      if (setup.line(line).input() instanceof InputSource.SimulatedTrains(var plan, _)) {
        chunks.write(RecordingFormat.TRAINS, TrainsFields.write(line, plan).take());
      }
    }
  }

  private static FieldWriter setup(RunSetup setup) {
    FieldWriter fields = new FieldWriter();
    switch (setup.guest()) {
      case Guest.Programs guest -> putPrograms(fields, guest);
      case Guest.Kernel guest ->
          fields
              .putByte(RecordingFormat.OF_KERNEL)
              .putVarint(guest.ramBytes())
              .putOneOf(SetupReader.REBOOTS, guest.onReboot())
              .putVarint(guest.instructionTime().uncachedNanos());
    }
    fields
        .putText(setup.notes().engine())
        .putVarint(setup.virtualLimitNanos())
        .putVarint(setup.notes().console());
    for (int line : Cables.ALL) {
      fields.putOneOf(LineKind.ALL, LineKind.of(setup.line(line).input()));
    }
    return fields;
  }

  private static void putPrograms(FieldWriter fields, Guest.Programs guest) {
    fields
        .putByte(RecordingFormat.OF_PROGRAMS)
        .putText(guest.profile().name())
        .putOneOf(List.of(Strictness.values()), guest.strictness())
        .putVarint(guest.entryArguments().size());
    for (KernelConfig.Argument argument : guest.entryArguments()) {
      fields.putText(argument.key()).putText(argument.value());
    }
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
