package dev.roundhouse.emulator.conformance.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Programs, and what reaches the board from outside.
 *
 * @param programs with different names; one of them is the kernel's first program, another its
 *     second ({@code user_entry} and {@code name_server} on TrainsOS)
 * @param files more programs, as they are
 * @param inputs by time
 * @param limitNanos the virtual time at which a run is over
 */
public record ScriptedSystem(
    List<Script> programs, List<ProgramFile> files, List<SerialInput> inputs, long limitNanos) {
  /** The limit of virtual time, if a system gives none: an hour. */
  public static final long DEFAULT_LIMIT_NANOS = 3_600_000_000_000L;

  /** The name server, if a system gives none: it receives once, as the real one does first. */
  public static final Script NAME_SERVER =
      new Script("name_server", List.of(new Step.Receive(Buffer.of(4), Buffer.of(64))));

  /**
   * Bytes that reach a UART from outside, one directly behind the other.
   *
   * @param uart its number
   * @param atNanos the virtual time from which on they are there
   * @param bytes a character for each byte, 0 to 255
   */
  public record SerialInput(int uart, long atNanos, String bytes) {
    /** Checks the characters. */
    public SerialInput {
      ScriptLimits.checkBytes(bytes);
    }
  }

  /**
   * A program that is a file. Its code may be anything on an engine library; without one, only what
   * scripts are compiled to, such as a {@code ret} at its entry point.
   */
  public static final class ProgramFile {
    private final String name;
    private final byte[] elf;

    /** A file; what is in it is copied. */
    public ProgramFile(String name, byte[] elf) {
      this.name = name;
      this.elf = elf.clone();
    }

    /** The name by which tasks ask for it. */
    public String name() {
      return name;
    }

    /** What is in it; a copy. */
    public byte[] elf() {
      return elf.clone();
    }
  }

  /** Copies all, adds the name server if it is not there, and checks the names. */
  public ScriptedSystem {
    List<Script> all = new ArrayList<>(programs);
    Set<String> names = new HashSet<>();
    files = List.copyOf(files);
    files.forEach(file -> addName(names, file.name()));
    all.forEach(script -> addName(names, script.name()));
    if (names.add(NAME_SERVER.name())) {
      all.add(NAME_SERVER);
    }
    programs = List.copyOf(all);
    inputs = inputs.stream().sorted(Comparator.comparingLong(SerialInput::atNanos)).toList();
  }

  private static void addName(Set<String> names, String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two programs have the name " + name);
    }
  }

  /** Programs alone. */
  public static ScriptedSystem of(Script... programs) {
    return new ScriptedSystem(List.of(programs), List.of(), List.of(), DEFAULT_LIMIT_NANOS);
  }

  /** With a program that is a file. */
  public ScriptedSystem file(String name, byte[] elf) {
    List<ProgramFile> more = new ArrayList<>(files);
    more.add(new ProgramFile(name, elf));
    return new ScriptedSystem(programs, more, inputs, limitNanos);
  }

  /** With another limit of virtual time. */
  public ScriptedSystem limit(long nanos) {
    return new ScriptedSystem(programs, files, inputs, nanos);
  }

  /** With bytes that reach a UART at some virtual time. */
  public ScriptedSystem input(int uart, long atNanos, String bytes) {
    List<SerialInput> more = new ArrayList<>(inputs);
    more.add(new SerialInput(uart, atNanos, bytes));
    return new ScriptedSystem(programs, files, more, limitNanos);
  }

  /** The program with this name. */
  public Optional<Script> program(String name) {
    return programs.stream().filter(script -> script.name().equals(name)).findFirst();
  }
}
