package dev.roundhouse.emulator.file;

/** What a file that is read is meant to be: how large it can be, and what one that is not means. */
public enum FileKind {
  /** A program or a library in ELF. */
  PROGRAM(64L << 20, ExitCode.PROGRAM, "give an ELF file"),
  /** A kernel: twice what the largest known one has, with room to spare in the launcher's heap. */
  KERNEL(128L << 20, ExitCode.PROGRAM, "give kernel8.img or kernel.elf itself"),
  /** A recording, which is read as a stream. */
  RECORDING(4L << 30, ExitCode.PROGRAM, "give a file that was written by --record"),
  /** A trace or a recording, which is read as a stream. */
  TRACE(64L << 30, ExitCode.PROGRAM, "give a file that was written by --trace or --record"),
  /** A scenario in YAML: up to 256 Ki characters. */
  SCENARIO(1L << 20, ExitCode.USAGE, "give a scenario file, or a folder of them"),
  /** A layout, locomotives, box or faults in JSON. */
  TRAIN_SET(1L << 20, ExitCode.USAGE, "give a JSON file as in docs/train-files.md"),
  /** A motor in JSON. */
  MOTOR(1L << 20, ExitCode.USAGE, "give a JSON file as in docs/board.md"),
  /** A profile of a kernel's system calls in JSON. */
  ABI_PROFILE(1L << 20, ExitCode.USAGE, "give a JSON file as in docs/abi-profiles.md"),
  /** What a console receives. */
  CONSOLE_INPUT(16L << 20, ExitCode.USAGE, "give a file with what the console receives"),
  /** What a monitor has shown: two hours of a line on which sensors are read without end. */
  MONITORED_LINE(256L << 20, ExitCode.PROGRAM, "give a recording, or what monitor has shown");

  private static final long MEBI = 1 << 20;

  private final long mostBytes;
  private final ExitCode refusal;
  private final String advice;

  FileKind(long mostBytes, ExitCode refusal, String advice) {
    this.mostBytes = mostBytes;
    this.refusal = refusal;
    this.advice = advice;
  }

  long mostBytes() {
    return mostBytes;
  }

  ExitCode refusal() {
    return refusal;
  }

  String advice() {
    return advice;
  }

  /** Whether one could have such a name: objects lie beside programs and are none. */
  boolean isLikely(String name) {
    return this != PROGRAM || name.endsWith(".elf");
  }

  /** Such as {@code larger than 64 MiB}. */
  String tooLarge() {
    return "larger than " + mostBytes / MEBI + " MiB";
  }
}
