package dev.roundhouse.emulator.script;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.task.Task;
import java.util.List;

/** A task that does a script without a processor: how far it is, and its memory. */
final class ScriptTask {
  private static final int COPY_CHUNK = 4_096;

  private final Task task;
  private final ScriptProgram program;
  private final PhysicalMemory memory;
  private final long start;
  private final long data;
  private final long argumentsAddress;
  private final long argumentsLength;
  private int block;
  private long turnsLeft;
  private long loaded;

  /**
   * A task that is about to enter its program.
   *
   * @param start where the program was loaded
   */
  ScriptTask(Task task, ScriptProgram program, PhysicalMemory memory, long start) {
    this.task = task;
    this.program = program;
    this.memory = memory;
    this.start = start;
    this.data = start + program.dataStart();
    this.argumentsAddress = task.registers().x(0);
    this.argumentsLength = task.registers().x(1);
  }

  /** Writes the data as they are in the program's file. */
  void writeData() {
    byte[] bytes = program.layout().initialData();
    memory.write(data, bytes, 0, bytes.length);
  }

  /** Whether it is in its program; if not, it is in its loader, to which the program returned. */
  boolean isInProgram() {
    return block < program.code().blocks().size();
  }

  /** The block that it executes next. */
  Block next() {
    return program.code().blocks().get(block);
  }

  /** The step that this block belongs to. */
  Step step() {
    return program.script().steps().get(next().step());
  }

  /** Goes on to the next block. */
  void goOn() {
    block++;
  }

  /** Turns of a loop that are still to be done before the next block. */
  long turnsLeft() {
    return turnsLeft;
  }

  void setTurnsLeft(long turns) {
    turnsLeft = turns;
  }

  /** Keeps a word that was loaded from a device. */
  void setLoaded(int word) {
    loaded = Integer.toUnsignedLong(word);
  }

  /** How many bytes of the argument block the present step copies. */
  long bytesToCopy(Step.ReadArguments read) {
    return Math.min(argumentsLength, read.into().length());
  }

  /** Copies them. */
  void copyArguments(Step.ReadArguments read) {
    byte[] chunk = new byte[COPY_CHUNK];
    long length = bytesToCopy(read);
    long to = data + program.layout().room(next().step());
    for (long at = 0; at < length; at += chunk.length) {
      int bytes = (int) Math.min(chunk.length, length - at);
      memory.read(argumentsAddress + at, chunk, 0, bytes);
      memory.write(to + at, chunk, 0, bytes);
    }
  }

  /** The present step is done: stores its result. */
  void finishStep() {
    int index = next().step();
    long result =
        switch (step()) {
          case Step.Call _ -> task.registers().x(0);
          case Step.Peek _ -> loaded;
          case Step.ReadArguments _ -> argumentsLength;
          case Step.Compute _, Step.Poke _, Step.ArmTimer _ -> 0;
        };
    memory.putLong(data + program.layout().result(index), result);
    memory.putLong(data + ScriptLayout.PROGRESS, index + 1L);
  }

  /** Sets the argument registers of the present step's call. */
  void setArguments() {
    SavedRegisters registers = task.registers();
    registers.setX(SavedRegisters.LR, start + ScriptProgram.CODE_START);
    List<Argument> arguments = program.arguments().get(next().step());
    for (int register = 0; register < arguments.size(); register++) {
      registers.setX(
          register,
          switch (arguments.get(register)) {
            case Argument.Value(long value) -> value;
            case Argument.Own(int offset) -> data + offset;
            case Argument.Word(int offset) -> memory.getInt(data + offset);
          });
    }
  }
}
