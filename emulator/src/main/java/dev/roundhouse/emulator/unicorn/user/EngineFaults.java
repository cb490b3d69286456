package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.MemoryAccess;
import dev.roundhouse.emulator.unicorn.binding.TranslationTables;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;

/**
 * Finds out why code could not go on, from what the engine tells: an exception number and pc. It
 * does not tell the fault's address, so that is worked out from the instruction.
 */
record EngineFaults(GuestWindow ram, TranslationTables tables) {
  /** The engine's number of the exception that svc raises (qemu/target/arm/cpu.h, EXCP_SWI). */
  static final int EXCEPTION_SVC = 2;

  /** EXCP_PREFETCH_ABORT. */
  static final int EXCEPTION_PREFETCH_ABORT = 3;

  /** EXCP_DATA_ABORT. */
  static final int EXCEPTION_DATA_ABORT = 4;

  /** Code asks a debugger for a service: {@code hlt #0xf000}. */
  static final Fault SEMIHOSTING_CALL = new Fault.UndefinedInstruction(0xd45e0000);

  private static final int EXCEPTION_UNDEFINED = 1;
  private static final int EXCEPTION_BREAKPOINT = 7;
  private static final int ERR_INSN_INVALID = 10;
  private static final int IMMEDIATE_SHIFT = 5;
  private static final int IMMEDIATE_MASK = 0xffff;

  /**
   * The fault behind an exception number of a UC_HOOK_INTR hook.
   *
   * @param registers with pc at the instruction
   */
  Fault ofException(int exception, long[] registers) {
    long pc = registers[SavedRegisters.PC];
    int instruction = ram.instruction(pc);
    return switch (exception) {
      case EXCEPTION_UNDEFINED -> new Fault.UndefinedInstruction(instruction);
      case EXCEPTION_PREFETCH_ABORT -> ofJump(pc);
      case EXCEPTION_DATA_ABORT ->
          MemoryAccess.of(instruction, registers)
              .map(this::ofAccess)
              .orElseGet(() -> new Fault.Other(exception));
      case EXCEPTION_BREAKPOINT -> new Fault.Breakpoint(immediate(instruction));
      default -> new Fault.Other(exception);
    };
  }

  /** The fault behind an error number of uc_emu_start (uc_err) that no hook explained. */
  Fault ofError(int error, long pc) {
    return error == ERR_INSN_INVALID
        ? new Fault.UndefinedInstruction(ram.instruction(pc))
        : new Fault.Other(error);
  }

  /** The 16-bit immediate of an svc or brk instruction. */
  static int immediate(int instruction) {
    return (instruction >>> IMMEDIATE_SHIFT) & IMMEDIATE_MASK;
  }

  private static Fault ofJump(long pc) {
    return (pc & BlockCounter.MISALIGNED) == 0
        ? new Fault.PrefetchAbort(pc)
        : new Fault.PcAlignment(pc);
  }

  /** The first byte that is not mapped is the fault's address; when all are, it is alignment. */
  private Fault ofAccess(MemoryAccess access) {
    for (int offset = 0; offset < access.bytes(); offset++) {
      long at = access.address() + offset;
      if (!tables.isOpen(at)) {
        return new Fault.DataAbort(at, access.elementBytes(), access.direction());
      }
    }
    return new Fault.Alignment(access.address());
  }
}
