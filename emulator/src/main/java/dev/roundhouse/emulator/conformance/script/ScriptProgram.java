package dev.roundhouse.emulator.conformance.script;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A script as a program: machine code that makes the script's system calls one by one, and its
 * data.
 *
 * <p>x28 holds the data's address, x27 the number of steps done, x19 and x20 what the program was
 * started with, x21 where it returns to: they survive system calls. A step's work is done in x9 to
 * x12, so x0 is what the latest system call gave. x0 is stored as the step's result.
 *
 * @param script what it does
 * @param layout of its data
 * @param callSteps the steps that are system calls
 * @param code its code
 */
record ScriptProgram(Script script, ScriptLayout layout, List<Integer> callSteps, ScriptCode code) {
  /** Where the code starts in the program. */
  static final int CODE_START = 0x100;

  static final int DATA_ALIGNMENT = 16;

  private static final int PAGE_BYTES = 0x1000;

  /** Offset of the data in the program. */
  int dataStart() {
    return align(CODE_START + code.bytes(), DATA_ALIGNMENT);
  }

  /** Bytes of memory that the program fills. */
  int span() {
    return align(dataStart() + layout.size(), PAGE_BYTES);
  }

  /**
   * The step that makes call number {@code call}, from 0 on; the number behind the last step for
   * the exit behind the program's return.
   */
  int stepOfCall(int call) {
    return call < callSteps.size() ? callSteps.get(call) : script.steps().size();
  }

  /** Assembles the script for a kernel with these numbers. */
  static ScriptProgram of(Script script, SyscallNumbers numbers) {
    List<Step> steps = script.steps();
    ScriptLayout layout = new ScriptLayout(script);
    CallArguments each = new CallArguments(steps, layout);
    List<List<Argument>> arguments = IntStream.range(0, steps.size()).mapToObj(each::of).toList();
    List<Integer> calls =
        IntStream.range(0, steps.size())
            .filter(index -> steps.get(index) instanceof Step.Call)
            .boxed()
            .toList();
    ScriptCode code = new StepCompiler(steps, layout, arguments, numbers).compile();
    return new ScriptProgram(script, layout, calls, code);
  }

  static int align(int value, int alignment) {
    return (value + alignment - 1) & -alignment;
  }
}
