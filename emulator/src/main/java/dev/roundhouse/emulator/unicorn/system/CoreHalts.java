package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.CoreDebugging;
import dev.roundhouse.emulator.cpu.SystemTraps;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.EngineExit;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.core.CodeHalts;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.Set;
import java.util.function.Supplier;

/** Where a core halts for a debugger, and how it goes on there as if it had not. */
final class CoreHalts implements CoreDebugging {
  private static final int GENERAL_REGISTERS = 31;

  /** N, Z, C and V. */
  private static final long FLAGS = 0xf000_0000L;

  private final CodeHalts halts;
  private final GuestCode code;
  private final EngineExit departure;
  private final InterruptRequest interrupt;
  private final Supplier<SystemTraps> traps;

  CoreHalts(
      GuestCode code,
      BlockCounter counter,
      EngineExit departure,
      InterruptRequest interrupt,
      Supplier<SystemTraps> traps) {
    this.code = code;
    this.departure = departure;
    this.interrupt = interrupt;
    this.traps = traps;
    GuestCode.Engine engine = code.engine();
    halts =
        new CodeHalts(
            new CodeHalts.Engine(engine.library(), engine.handle(), engine.lifetime()),
            counter,
            departure,
            new Halting());
  }

  private final class Halting implements CodeHalts.Processor {
    @Override
    public AfterTrap mayHalt(long pc) {
      return traps.get().mayHalt(pc);
    }

    @Override
    public boolean asksBefore(long pc) {
      return code.data().instructionAt(pc) == Opcode.WFE;
    }

    @Override
    public void leaveBefore(long pc) {
      code.data().registers().setNumbered(Arm64Register.PC, pc);
      departure.follow(AfterTrap.LEAVE);
    }

    @Override
    public void drop(long pc) {
      code.forget(code.physical(pc), Opcode.BYTES);
    }
  }

  /** The core is about to run. */
  void start() {
    if (halts.start(code.data().window().pc())) {
      interrupt.holdUntilNextBlock();
    }
  }

  /** Whether a block that is about to run is the rest of the one in which it halted. */
  boolean isRest(long block) {
    return halts.isRest(block);
  }

  /** A block does not run yet, but is looked for once more. */
  void isFoundAgain(long block) {
    if (halts.isRest(block)) {
      halts.restIsFoundAgain();
    }
  }

  /** Whether a {@code wfe} is about to be executed, before which it does not halt. */
  boolean reachesWait(long pc) {
    boolean isWait = code.data().instructionAt(pc) == Opcode.WFE;
    if (isWait && !departure.isLeaving()) {
      halts.reach(pc);
    }
    return isWait && !departure.isLeaving();
  }

  @Override
  public void haltAt(Set<Long> addresses) {
    halts.haltAt(addresses);
  }

  @Override
  public void setRegisters(long[] values) {
    SystemWindow window = code.data().window();
    for (int number = 0; number < GENERAL_REGISTERS; number++) {
      window.setGeneral(number, values[number]);
    }
    window.setStackPointer(values[SavedRegisters.SP]);
    window.setPc(values[SavedRegisters.PC]);
    var registers = code.data().registers();
    long others = registers.numbered(Arm64Register.PSTATE) & ~FLAGS;
    registers.setNumbered(Arm64Register.PSTATE, others | (values[SavedRegisters.PSTATE] & FLAGS));
  }

  @Override
  public void forgetCode(long physical, int bytes) {
    code.forget(physical, bytes);
  }
}
