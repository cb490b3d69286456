package dev.roundhouse.emulator.script;

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
 * @param inputs by time
 */
public record ScriptedSystem(List<Script> programs, List<SerialInput> inputs) {
  /** The name server, if a system gives none: it receives once, as the real one does first. */
  public static final Script NAME_SERVER = Script.of("name_server").receive(64);

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

  /** Copies both, adds the name server if it is not there, and checks the names. */
  public ScriptedSystem {
    List<Script> all = new ArrayList<>(programs);
    if (all.stream().noneMatch(script -> script.name().equals(NAME_SERVER.name()))) {
      all.add(NAME_SERVER);
    }
    Set<String> names = new HashSet<>();
    for (Script script : all) {
      if (!names.add(script.name())) {
        throw new IllegalArgumentException("two programs have the name " + script.name());
      }
    }
    programs = List.copyOf(all);
    inputs = inputs.stream().sorted(Comparator.comparingLong(SerialInput::atNanos)).toList();
  }

  /** Programs alone. */
  public static ScriptedSystem of(Script... programs) {
    return new ScriptedSystem(List.of(programs), List.of());
  }

  /** With bytes that reach a UART at some virtual time. */
  public ScriptedSystem input(int uart, long atNanos, String bytes) {
    List<SerialInput> more = new ArrayList<>(inputs);
    more.add(new SerialInput(uart, atNanos, bytes));
    return new ScriptedSystem(programs, more);
  }

  /** The program with this name. */
  public Optional<Script> program(String name) {
    return programs.stream().filter(script -> script.name().equals(name)).findFirst();
  }
}
