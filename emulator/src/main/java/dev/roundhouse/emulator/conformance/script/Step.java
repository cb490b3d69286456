package dev.roundhouse.emulator.conformance.script;

import java.util.List;

/**
 * One step of a script: a system call with its arguments, or something that a program does by
 * itself.
 *
 * <p>A script whose steps are done returns from its entry point, so that its loader exits for it.
 */
public sealed interface Step {
  /** A step that enters the kernel. */
  sealed interface Call extends Step {}

  /** A step that does not. */
  sealed interface Work extends Step {}

  /** exit. */
  record Exit() implements Call {}

  /** yield. */
  record Yield() implements Call {}

  /**
   * create.
   *
   * @param priority any number
   * @param arguments the argument block, such as {@link Script#arguments} makes it
   */
  record Create(int priority, Message arguments) implements Call {}

  /** my_tid. */
  record MyTid() implements Call {}

  /** my_parent_tid. */
  record MyParentTid() implements Call {}

  /** send. */
  record Send(TaskRef to, Message message, Buffer reply) implements Call {}

  /**
   * recv.
   *
   * @param tid where the sender's tid goes: {@code Buffer.of(4)}, or anywhere
   */
  record Receive(Buffer tid, Buffer message) implements Call {}

  /** reply. */
  record Reply(TaskRef to, Message message) implements Call {}

  /** await_event. */
  record AwaitEvent(int event) implements Call {}

  /**
   * mmap.
   *
   * @param target where the address goes: {@code Buffer.of(8)}, or anywhere
   */
  record MapMemory(Buffer target, long bytes) implements Call {}

  /**
   * sys_health.
   *
   * @param target where the percentage goes: {@code Buffer.of(4)}, or anywhere
   */
  record SystemHealth(Buffer target) implements Call {}

  /** quadrature_encoder_init. */
  record EncoderInit(int pinA, int pinB) implements Call {}

  /**
   * quadrature_encoder_get.
   *
   * @param target where the counters go: {@code Buffer.of(40)}, or anywhere
   */
  record EncoderGet(int id, Buffer target) implements Call {}

  /** print_raw. */
  record Print(Message message) implements Call {}

  /** quit. */
  record Quit() implements Call {}

  /**
   * {@code svc #number}, whatever it is.
   *
   * @param number 0 to 65535
   * @param registers the values of x0, x1, ..., at most five
   */
  record Raw(int number, List<Long> registers) implements Call {
    private static final int LARGEST = 0xFFFF;
    private static final int MOST_REGISTERS = 5;

    /** Checks both. */
    public Raw {
      registers = List.copyOf(registers);
      if (number < 0 || number > LARGEST || registers.size() > MOST_REGISTERS) {
        throw new IllegalArgumentException(
            "svc has an immediate of 16 bits and up to 5 arguments: %d, %s"
                .formatted(number, registers));
      }
    }
  }

  /**
   * Executes a loop of two instructions.
   *
   * @param turns 1 or more; a turn is two nanoseconds
   */
  record Compute(int turns) implements Work {
    /** Checks the turns. */
    public Compute {
      if (turns < 1) {
        throw new IllegalArgumentException("computes for one turn at least: " + turns);
      }
    }
  }

  /** Stores a 32-bit word to a device's register, or to memory. */
  record Poke(long address, int value) implements Work {
    /** Checks the alignment. */
    public Poke {
      checkAligned(address);
    }
  }

  /** Loads a 32-bit word from a device's register, or from memory: the step's result. */
  record Peek(long address) implements Work {
    /** Checks the alignment. */
    public Peek {
      checkAligned(address);
    }
  }

  /**
   * Sets compare 1 of the system timer to its present count and {@code micros} more.
   *
   * @param micros not negative
   */
  record ArmTimer(int micros) implements Work {}

  /** Copies the first bytes of the task's argument block; the result is the block's length. */
  record ReadArguments(Buffer.Own into) implements Work {}

  private static void checkAligned(long address) {
    if (address % Integer.BYTES != 0) {
      throw new IllegalArgumentException("not the address of a word: 0x%x".formatted(address));
    }
  }
}
