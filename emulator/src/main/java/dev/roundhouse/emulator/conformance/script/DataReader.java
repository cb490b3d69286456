package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.conformance.script.Observation.StepSeen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads from a task's data what its steps gave: each step owns its places, and nobody but the
 * kernel writes there, so they are still there at the end of the run.
 */
final class DataReader {
  private static final int HALF_BITS = 32;

  private final ScriptProgram program;
  private final ScriptLayout layout;
  private final PhysicalMemory memory;
  private final long data;

  /**
   * A reader.
   *
   * @param start where the program was loaded
   */
  DataReader(ScriptProgram program, PhysicalMemory memory, long start) {
    this.program = program;
    this.layout = program.layout();
    this.memory = memory;
    this.data = start + program.dataStart();
  }

  /**
   * The steps that the task began.
   *
   * @param calls how many system calls it has made
   */
  List<StepSeen> steps(int calls) {
    List<Step> steps = program.script().steps();
    int done = (int) memory.getLong(data + ScriptLayout.PROGRESS);
    int begun = calls == 0 ? 0 : Math.min(steps.size(), program.stepOfCall(calls - 1) + 1);
    List<StepSeen> seen = new ArrayList<>();
    for (int index = 0; index < Math.max(done, begun); index++) {
      seen.add(seen(steps.get(index), index, index < done));
    }
    return seen;
  }

  private StepSeen seen(Step step, int index, boolean isDone) {
    OptionalLong result =
        isDone && hasResult(step)
            ? OptionalLong.of(memory.getLong(data + layout.result(index)))
            : OptionalLong.empty();
    OptionalLong sender = ScriptLayout.hasTidWord(step) ? sender(index) : OptionalLong.empty();
    return new StepSeen(result, received(step, index), sender);
  }

  private static boolean hasResult(Step step) {
    return switch (step) {
      case Step.Call _, Step.Peek _, Step.ReadArguments _ -> true;
      case Step.Compute _, Step.Poke _, Step.ArmTimer _ -> false;
    };
  }

  /** The tid; all eight bytes if the kernel wrote to the upper four. */
  private OptionalLong sender(int index) {
    long word = memory.getLong(data + layout.tidWord(index));
    if (word == -1) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(word >> HALF_BITS == -1 ? (int) word : word);
  }

  /** The buffer's bytes, and those behind it up to the last that was written. */
  private String received(Step step, int index) {
    int length = ScriptLayout.bufferBytes(step);
    if (length < 0) {
      return "";
    }
    byte[] bytes = new byte[length + ScriptLayout.GUARD_BYTES];
    memory.read(data + layout.buffer(index), bytes, 0, bytes.length);
    int end = bytes.length;
    while (end > length && bytes[end - 1] == Buffer.UNTOUCHED) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }
}
