package dev.roundhouse.kernel.abi;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A system call of a kernel.
 *
 * @param name what it is called; calls of two kernels are compared when their names are the same
 * @param role what it does to tasks
 * @param arguments in the order of a trace
 * @param result what its result in x0 is
 * @param stub what it means for functions that make it
 */
public record CallShape(
    String name, Role role, List<ArgumentShape> arguments, Result result, StubShape stub) {
  /** What a call does to tasks, as far as a watcher must know it. */
  public enum Role {
    /** Nothing that need be known. */
    PLAIN,
    /** Makes a task; its result is the tid, or negative. */
    CREATE,
    /** Ends the caller. */
    EXIT,
    /** Its result is the caller's tid. */
    MY_TID,
    /** Sends to the task of its tid argument, and waits for the reply. */
    SEND,
    /** Waits for a message; the sender's tid is the first number that it writes. */
    RECEIVE,
    /** Waits for the event of its first number. */
    AWAIT_EVENT;

    /** The role as profiles call it; with an underscore, as system calls are written. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a result is. */
  public enum Result {
    /** A number of 32 bits, tids too. */
    INT,
    /** Something that may differ. */
    ANY,
    /** Nothing: the call returns without one. */
    VOID,
    /** The call does not return. */
    NONE
  }

  /** A call of which no more is known than what a trace shows. */
  public CallShape(String name, Role role, List<ArgumentShape> arguments, Result result) {
    this(name, role, arguments, result, StubShape.UNKNOWN);
  }

  /** Copies the list. */
  public CallShape {
    arguments = List.copyOf(arguments);
  }

  /** Results that a trace names: all but a lone number in x0, which it tells anyway. */
  public List<StubShape.ResultShape> namedResults() {
    return stub.results().stream()
        .filter(named -> named.kind() != ArgumentShape.Kind.ANY)
        .filter(named -> named.register() != 0 || result != Result.INT)
        .toList();
  }

  /** The registers of the arguments, each followed by that of its length if it has one. */
  public int[] registers() {
    int[] registers = new int[2 * arguments.size()];
    int count = 0;
    for (ArgumentShape argument : arguments) {
      registers[count++] = argument.register();
      if (argument.kind().hasLength()) {
        registers[count++] = argument.lengthRegister();
      }
    }
    return Arrays.copyOf(registers, count);
  }
}
