package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ElfProblem;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads programs that ran on the kernel model. */
final class ProgramsReader implements GuestReader {
  private final AbiProfile profile;
  private final Strictness strictness;
  private final List<KernelConfig.Argument> arguments = new ArrayList<>();
  private final Map<String, ParseResult> programs = new TreeMap<>();
  private final Set<Guard> guards = new TreeSet<>();
  private long programBytes;

  /** Takes the programs' fields of the SETUP chunk. */
  ProgramsReader(FieldReader fields) throws RecordingException {
    profile = profile(fields.takeText());
    strictness = fields.takeOneOf(List.of(Strictness.values()));
    int count = fields.takeVarint(RecordingFormat.LARGEST_TEXT_BYTES);
    for (int i = 0; i < count; i++) {
      arguments.add(argument(fields));
    }
  }

  private static AbiProfile profile(String name) throws RecordingException {
    Optional<AbiProfile> profile = AbiProfile.named(name);
    if (profile.isEmpty()) {
      String known =
          AbiProfile.all().stream().map(AbiProfile::name).collect(Collectors.joining(" and "));
      throw new RecordingException(
          "the recording is of kernel " + name + ", this Roundhouse knows " + known,
          "replay it with the Roundhouse that wrote it");
    }
    return profile.get();
  }

  private static KernelConfig.Argument argument(FieldReader fields) throws RecordingException {
    String key = fields.takeText();
    String value = fields.takeText();
    if (key.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
      throw fields.damaged("an argument with a NUL character");
    }
    return new KernelConfig.Argument(key, value);
  }

  @Override
  public boolean takes(int type, FieldReader fields) throws RecordingException {
    if (type == RecordingFormat.GUARDS) {
      while (fields.hasMore()) {
        guards.add(fields.takeOneOf(SetupReader.GUARDS));
      }
      return true;
    }
    if (type != RecordingFormat.PROGRAM) {
      return false;
    }
    String name = fields.takeText();
    ParseResult program =
        switch (fields.takeByte()) {
          case RecordingFormat.LOADABLE -> loadable(fields);
          case RecordingFormat.REFUSED ->
              new ParseResult.Refused(
                  new ElfProblem(fields.takeText(), fields.takeText(), fields.takeText()));
          default -> throw fields.damaged("an unknown value");
        };
    fields.expectEnd();
    if (programs.put(name, program) != null) {
      throw fields.damaged("a second program " + name);
    }
    if (programs.size() > RecordingFormat.MOST_PROGRAMS) {
      throw fields.damaged("too many programs");
    }
    return true;
  }

  /** A program that once was accepted is so again, whatever the policy was then. */
  private ParseResult loadable(FieldReader fields) throws RecordingException {
    String name = fields.takeText();
    int length = fields.takeVarint(RecordingFormat.LARGEST_PROGRAM_BYTES);
    programBytes += length;
    if (programBytes > RecordingFormat.LARGEST_PROGRAMS_BYTES) {
      throw fields.damaged("programs too large");
    }
    byte[] file = fields.takeDeflated(length);
    return ElfImage.parse(name, file, RelocationPolicy.SKIP_UNKNOWN);
  }

  @Override
  public void complete() {
    // A run without programs can be recorded.
  }

  @Override
  public Guest guest() {
    return new Guest.Programs(profile, new ProgramCatalog(programs), arguments, strictness, guards);
  }
}
