package dev.roundhouse.hostile;

import java.util.List;
import java.util.Set;

/** A kind of file that users and strangers bring; {@link Runs} knows the command that reads it. */
enum HostileFile {
  PROGRAM(".elf", Set.of(0, 3, 4, 5, 42), List.of(ElfEdit.values())),
  PROGRAM_WITH_LINES(
      ".elf", Set.of(0, 3, 4, 5, 42), List.of(ElfEdit.A_FIELD, ElfEdit.DEBUG_INFORMATION)),
  KERNEL(".elf", Set.of(0, 3, 4, 42), List.of(ElfEdit.values())),
  RECORDING_OF_RUN(".rec", Set.of(0, 3, 4, 5, 6, 7, 42), List.of(RecordingEdit.values())),
  RECORDING_OF_BOOT(".rec", Set.of(0, 3, 4, 7, 42), List.of(RecordingEdit.values())),
  MONITORED_RECORDING(".rec", Set.of(0, 3, 4, 7, 42), List.of(RecordingEdit.values())),
  SCENARIO(".yaml", Set.of(0, 2, 3, 4, 5, 6, 7, 42), List.of(TextEdit.values())),
  LAYOUT(".json", Set.of(0, 2, 42), List.of(TextEdit.values())),
  LOCOMOTIVES(".json", Set.of(0, 2, 42), List.of(TextEdit.values())),
  BOX(".json", Set.of(0, 2, 42), List.of(TextEdit.values())),
  FAULTS(".json", Set.of(0, 2, 42), List.of(TextEdit.values())),
  MOTOR(".json", Set.of(0, 2, 42), List.of(TextEdit.values())),
  ABI_PROFILE(".json", Set.of(0, 2, 42), List.of(TextEdit.values())),
  DEBUG_INFO(".elf", Set.of(0, 2, 3), List.of(ElfEdit.values())),
  INSPECTED(".elf", Set.of(0, 3), List.of(ElfEdit.values()));

  private final String ending;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Integer> exitCodes;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<? extends Edit> edits;

  HostileFile(String ending, Set<Integer> exitCodes, List<? extends Edit> edits) {
    this.ending = ending;
    this.exitCodes = exitCodes;
    this.edits = edits;
  }

  /** How its files' names end. */
  String ending() {
    return ending;
  }

  /** What its command may end with, by the command's page. */
  Set<Integer> exitCodes() {
    return exitCodes;
  }

  /** Whether the command's output is a guest's, which may print what it likes. */
  boolean printsGuests() {
    return switch (this) {
      case MONITORED_RECORDING, SCENARIO, DEBUG_INFO, INSPECTED -> false;
      default -> true;
    };
  }

  /** How they are damaged, apart from bluntly. */
  List<? extends Edit> edits() {
    return edits;
  }
}
