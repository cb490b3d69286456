package dev.roundhouse.kernel.abi;

import java.util.List;
import java.util.Optional;

/**
 * What a system call means for the functions that make it.
 *
 * @param results what the kernel gives back in registers
 * @param clobbers what else it may change
 * @param memory what it does with the caller's memory
 * @param parameters of a function that makes the call, in order
 * @param returned the name of the result that such a function returns, if it returns one
 */
public record StubShape(
    List<ResultShape> results,
    Clobbers clobbers,
    Memory memory,
    List<Parameter> parameters,
    Optional<String> returned) {
  /** Of a call of which no more is known than what a trace shows. */
  static final StubShape UNKNOWN =
      new StubShape(
          List.of(), Clobbers.OF_FUNCTIONS, Memory.READ_WRITE, List.of(), Optional.empty());

  /** What the kernel does with memory of the caller, beside its own. */
  public enum Memory {
    /** Nothing. */
    NONE,
    /** Reads. */
    READ,
    /** Writes. */
    WRITE,
    /** Both. */
    READ_WRITE
  }

  /**
   * A result in a register.
   *
   * @param name as in traces; an argument's name when the same value goes in and comes out
   * @param kind a number: {@code INT}, {@code LONG}, {@code TID} or {@code ANY}
   * @param register that holds it, 0 to 30
   */
  public record ResultShape(String name, ArgumentShape.Kind kind, int register) {
    /** The name and what the register holds, as wide as it is. */
    public String text(long value) {
      return name + "=" + (kind == ArgumentShape.Kind.LONG ? value : (int) value);
    }
  }

  /**
   * A parameter of a stub.
   *
   * @param name of an argument, of its length (with {@code _bytes}), or of a result
   * @param isPointer whether the parameter is where the value is; a result goes there
   */
  public record Parameter(String name, boolean isPointer) {}

  /**
   * Registers that a kernel may change.
   *
   * @param registers a bit for each of x0 to x30
   * @param areFlags whether the condition flags are among them
   */
  public record Clobbers(int registers, boolean areFlags) {
    /** What a function may change (Procedure Call Standard for AArch64, 6.1.1). */
    static final Clobbers OF_FUNCTIONS = new Clobbers((1 << 19) - 1, true);

    /** Whether x{@code register} may change. */
    public boolean has(int register) {
      return ((registers >>> register) & 1) != 0;
    }
  }

  /** Copies the lists. */
  public StubShape {
    results = List.copyOf(results);
    parameters = List.copyOf(parameters);
  }

  /** The result with a name. */
  public Optional<ResultShape> result(String name) {
    return results.stream().filter(result -> result.name().equals(name)).findFirst();
  }
}
