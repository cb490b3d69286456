package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.emulator.conformance.processor.Instruction;
import java.util.List;

/** Turns steps into machine code: see {@link ScriptProgram} for what is in which register. */
final class StepCompiler {
  private static final int STARTED_WITH = 19;
  private static final int STARTED_LENGTH = 20;
  private static final int RETURN_TO = 21;
  private static final int DONE = 27;
  private static final int DATA = 28;
  private static final int LINK = 30;
  private static final int ZERO = 31;
  private static final int WORK = 9;
  private static final int VALUE = 10;
  private static final int TARGET = 11;
  private static final int SOURCE = 12;

  private static final int COMPUTE_TURN = 2;
  private static final int COPY_TURN = 4;
  private static final long LOW_WORD = 0xFFFF_FFFFL;

  /** The system timer (BCM2711 ARM Peripherals, 10.2). */
  private static final long TIMER_COUNT = 0xFE00_3004L;

  /** From the counter to the compare, in words. */
  private static final int COMPARE_WORDS = 3;

  private final List<Step> steps;
  private final ScriptLayout layout;
  private final List<List<Argument>> arguments;
  private final SyscallNumbers numbers;
  private final ScriptCode code = new ScriptCode(ScriptProgram.CODE_START);

  /**
   * A compiler.
   *
   * @param arguments of each step's call
   */
  StepCompiler(
      List<Step> steps,
      ScriptLayout layout,
      List<List<Argument>> arguments,
      SyscallNumbers numbers) {
    this.steps = steps;
    this.layout = layout;
    this.arguments = arguments;
    this.numbers = numbers;
  }

  ScriptCode compile() {
    code.word(0);
    code.move(STARTED_WITH, 0);
    code.move(STARTED_LENGTH, 1);
    code.move(RETURN_TO, LINK);
    code.set(DONE, 0);
    for (int index = 0; index < steps.size(); index++) {
      switch (steps.get(index)) {
        case Step.Call call -> call(call, index);
        case Step.Work work -> work(work, index);
      }
    }
    code.twoRegisters(Instruction.RETURN.code(), 0, RETURN_TO);
    int data =
        ScriptProgram.align(ScriptProgram.CODE_START + code.bytes(), ScriptProgram.DATA_ALIGNMENT)
            - ScriptProgram.CODE_START;
    code.patch(
        0, Instruction.ADR.code() | ((data / Instruction.BYTES) << Instruction.FIRST) | DATA);
    return code;
  }

  private void call(Step.Call call, int index) {
    List<Argument> registers = arguments.get(index);
    for (int register = 0; register < registers.size(); register++) {
      switch (registers.get(register)) {
        case Argument.Value(long value) -> code.set(register, value);
        case Argument.Own(int offset) -> own(register, offset);
        case Argument.Word(int offset) -> {
          code.set(WORK, offset);
          code.threeRegisters(Instruction.LOAD_SIGNED_WORD_AT, register, DATA, WORK);
        }
      }
    }
    code.supervisorCall(numbers.of(call));
    done(0, index);
  }

  private void work(Step.Work work, int index) {
    switch (work) {
      case Step.Compute(int turns) -> {
        code.set(WORK, turns);
        code.keepTogether(COMPUTE_TURN);
        code.countDown(WORK, 0);
        done(ZERO, index);
      }
      case Step.Poke(long address, int value) -> {
        code.set(WORK, address);
        code.set(VALUE, value & LOW_WORD);
        code.withNumber(Instruction.STORE_WORD, VALUE, WORK, 0);
        code.endBlock();
        done(ZERO, index);
      }
      case Step.Peek(long address) -> {
        code.set(WORK, address);
        code.withNumber(Instruction.LOAD_WORD, VALUE, WORK, 0);
        code.endBlock();
        done(VALUE, index);
      }
      case Step.ArmTimer(int micros) -> {
        code.set(WORK, TIMER_COUNT);
        code.set(TARGET, micros & LOW_WORD);
        code.withNumber(Instruction.LOAD_WORD, VALUE, WORK, 0);
        code.threeRegisters(Instruction.ADD_WORD, VALUE, VALUE, TARGET);
        code.withNumber(Instruction.STORE_WORD, VALUE, WORK, COMPARE_WORDS);
        code.endBlock();
        done(ZERO, index);
      }
      case Step.ReadArguments read -> readArguments(read, index);
    }
  }

  /** Copies the smaller of the block's length and the buffer's, byte by byte. */
  private void readArguments(Step.ReadArguments read, int index) {
    code.set(WORK, read.into().length());
    code.threeRegisters(Instruction.COMPARE, 0, STARTED_LENGTH, WORK);
    code.threeRegisters(Instruction.SELECT_LOWER, WORK, STARTED_LENGTH, WORK);
    own(TARGET, layout.buffer(index));
    code.move(SOURCE, STARTED_WITH);
    code.keepTogether(1 + COPY_TURN);
    // Behind the loop if there is nothing to copy.
    code.word(Instruction.BRANCH_IF_ZERO.code() | ((1 + COPY_TURN) << Instruction.FIRST) | WORK);
    code.twoRegisters(Instruction.LOAD_NEXT_BYTE.code(), VALUE, SOURCE);
    code.twoRegisters(Instruction.STORE_NEXT_BYTE.code(), VALUE, TARGET);
    code.countDown(WORK, 2);
    done(STARTED_LENGTH, index);
  }

  /** Stores the step's result and that it is done. */
  private void done(int result, int index) {
    code.set(TARGET, layout.result(index));
    code.threeRegisters(Instruction.STORE_AT, result, DATA, TARGET);
    code.withNumber(Instruction.ADD_NUMBER, DONE, DONE, 1);
    code.withNumber(Instruction.STORE, DONE, DATA, 0);
    code.endBlock();
  }

  /** The address of own data. */
  private void own(int register, int offset) {
    code.set(register, offset);
    code.threeRegisters(Instruction.ADD, register, DATA, register);
  }
}
