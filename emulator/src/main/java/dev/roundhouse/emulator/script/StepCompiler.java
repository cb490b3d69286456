package dev.roundhouse.emulator.script;

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

  static final int RETURN = 0xD65F_0000;

  private static final int MOV = 0xAA00_03E0;
  private static final int ADD = 0x8B00_0000;
  private static final int ADD_WORD = 0x0B00_0000;
  private static final int STORE_AT = 0xF820_6800;
  private static final int LOAD_INT_AT = 0xB8A0_6800;
  private static final int LOAD_WORD = 0xB940_0000;
  private static final int STORE_WORD = 0xB900_0000;
  private static final long LOW_WORD = 0xFFFF_FFFFL;
  private static final int SECOND = 5;
  private static final int THIRD = 16;

  /** The system timer (BCM2711 ARM Peripherals, 10.2). */
  static final long TIMER_COUNT = 0xFE00_3004L;

  static final long TIMER_COMPARE = 0xFE00_3010L;

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
    code.word(MOV | STARTED_WITH);
    code.word(MOV | (1 << THIRD) | STARTED_LENGTH);
    code.word(MOV | (LINK << THIRD) | RETURN_TO);
    code.set(DONE, 0);
    for (int index = 0; index < steps.size(); index++) {
      switch (steps.get(index)) {
        case Step.Call call -> call(call, index);
        case Step.Work work -> work(work, index);
      }
    }
    code.branch(RETURN | (RETURN_TO << SECOND), Block.End.RETURN, steps.size());
    int data =
        ScriptProgram.align(ScriptProgram.CODE_START + code.bytes(), ScriptProgram.DATA_ALIGNMENT)
            - ScriptProgram.CODE_START;
    // adr x28, data.
    code.patch(0, 0x1000_0000 | ((data >>> 2) << SECOND) | DATA);
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
          code.threeRegisters(LOAD_INT_AT, register, DATA, WORK);
        }
      }
    }
    code.supervisorCall(numbers.of(call), index);
    done(0, index);
  }

  private void work(Step.Work work, int index) {
    switch (work) {
      case Step.Compute(int turns) -> {
        code.set(WORK, turns);
        code.keepTogether(Block.COMPUTE_TURN);
        code.countDown(WORK, 0, Block.End.COMPUTE_LOOP, index);
        done(ZERO, index);
      }
      case Step.Poke(long address, int value) -> {
        code.set(WORK, address);
        code.set(VALUE, value & LOW_WORD);
        code.word(STORE_WORD | (WORK << SECOND) | VALUE);
        code.endWith(Block.End.DEVICE_ACCESSED, index);
        done(ZERO, index);
      }
      case Step.Peek(long address) -> {
        code.set(WORK, address);
        code.word(LOAD_WORD | (WORK << SECOND) | VALUE);
        code.endWith(Block.End.DEVICE_ACCESSED, index);
        done(VALUE, index);
      }
      case Step.ArmTimer(int micros) -> {
        code.set(WORK, TIMER_COUNT);
        code.set(TARGET, micros & LOW_WORD);
        code.word(LOAD_WORD | (WORK << SECOND) | VALUE);
        code.threeRegisters(ADD_WORD, VALUE, VALUE, TARGET);
        code.word(STORE_WORD | (COMPARE_WORDS << 10) | (WORK << SECOND) | VALUE);
        code.endWith(Block.End.DEVICE_ACCESSED, index);
        done(ZERO, index);
      }
      case Step.ReadArguments read -> readArguments(read, index);
    }
  }

  /** Copies the smaller of the block's length and the room's, byte by byte. */
  private void readArguments(Step.ReadArguments read, int index) {
    code.set(WORK, read.into().length());
    // cmp x20, x9; csel x9, x20, x9, lo.
    code.word(0xEB00_001F | (WORK << THIRD) | (STARTED_LENGTH << SECOND));
    code.word(0x9A80_3000 | (WORK << THIRD) | (STARTED_LENGTH << SECOND) | WORK);
    own(TARGET, layout.room(index));
    code.word(MOV | (STARTED_WITH << THIRD) | SOURCE);
    code.keepTogether(1 + Block.COPY_TURN);
    // cbz x9, behind the loop.
    code.branch(
        0xB400_0000 | ((1 + Block.COPY_TURN) << SECOND) | WORK, Block.End.BEFORE_COPY, index);
    // ldrb w10, [x12], #1; strb w10, [x11], #1.
    code.word(0x3840_1400 | (SOURCE << SECOND) | VALUE);
    code.word(0x3800_1400 | (TARGET << SECOND) | VALUE);
    code.countDown(WORK, 2, Block.End.COPY_LOOP, index);
    done(STARTED_LENGTH, index);
  }

  /** Stores the step's result and that it is done. */
  private void done(int result, int index) {
    code.set(TARGET, layout.result(index));
    code.threeRegisters(STORE_AT, result, DATA, TARGET);
    // add x27, x27, #1; str x27, [x28].
    code.word(0x9100_0400 | (DONE << SECOND) | DONE);
    code.word(0xF900_0000 | (DATA << SECOND) | DONE);
    code.endWith(Block.End.DONE, index);
  }

  /** The address of own data. */
  private void own(int register, int offset) {
    code.set(register, offset);
    code.threeRegisters(ADD, register, DATA, register);
  }
}
